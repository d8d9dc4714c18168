using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene.Access;

/// <summary>
/// Access lists in the index. The list is stored once, beside the first chunk of its document; every chunk has a 16-byte
/// fingerprint of the list. All chunks of a document are written as one block into one segment, so that a segment has every
/// list that its chunks refer to, and a list is removed with its document.
/// </summary>
internal static class AccessLists
{
    /// <summary>The bytes of an access list's fingerprint (<see cref="IndexedVersion.FingerprintOf"/>).</summary>
    public static BytesRef StandInFor(IEnumerable<string> access) => new(Convert.FromHexString(IndexedVersion.FingerprintOf(access)));

    /// <summary>The fingerprint as hex digits; empty for no bytes.</summary>
    public static string FingerprintIn(BytesRef standIn) => Convert.ToHexStringLower(standIn.Bytes, standIn.Offset, standIn.Length);

    /// <summary>The stored form of an access list, in which the order of entries does not matter.</summary>
    public static BytesRef Encode(IEnumerable<string> access) =>
        new(JsonSerializer.SerializeToUtf8Bytes([.. access.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], LuceneJson.Plain.StringArray));

    /// <summary>
    /// The different access lists in a segment, each with its fingerprint as the key; includes lists that only deleted chunks
    /// have.
    /// </summary>
    public static Dictionary<BytesRef, string[]> In(AtomicReader segment)
    {
        var different = new HashSet<BytesRef>();
        var value = new BytesRef();
        if (segment.GetBinaryDocValues(Fields.AccessList) is { } values)
        {
            for (var chunk = 0; chunk < segment.MaxDoc; chunk++)
            {
                values.Get(chunk, value);
                if (value.Length > 0 && !different.Contains(value))
                    different.Add(BytesRef.DeepCopyOf(value));
            }
        }
        var lists = different.Select(Decode).ToList();
        return lists.ToDictionary(StandInFor);
    }

    private static string[] Decode(BytesRef value) =>
        JsonSerializer.Deserialize(value.Bytes.AsSpan(value.Offset, value.Length), LuceneJson.Plain.StringArray)!;
}
