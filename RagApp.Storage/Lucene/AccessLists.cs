using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// Access lists in the index. A list lies once beside the first chunk of its document, and every chunk has 16 bytes that
/// stand for it, made of the list itself. A document's chunks are written as one block and stay in one segment, so that
/// a segment has every list that its chunks name, and a list goes when its document does.
/// </summary>
internal static class AccessLists
{
    /// <summary>The bytes of <see cref="IndexedVersion.FingerprintOf"/>.</summary>
    public static BytesRef StandInFor(IEnumerable<string> access) => new(Convert.FromHexString(IndexedVersion.FingerprintOf(access)));

    /// <summary>The fingerprint that these bytes are; empty for none.</summary>
    public static string FingerprintIn(BytesRef standIn) => Convert.ToHexStringLower(standIn.Bytes, standIn.Offset, standIn.Length);

    /// <summary>The list as it is stored; the order of its entries does not matter.</summary>
    public static BytesRef Encode(IEnumerable<string> access) =>
        new(JsonSerializer.SerializeToUtf8Bytes([.. access.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], StorageJson.Plain.StringArray));

    /// <summary>The different lists of a segment by what stands for them, those of deleted chunks among them.</summary>
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
        JsonSerializer.Deserialize(value.Bytes.AsSpan(value.Offset, value.Length), StorageJson.Plain.StringArray)!;
}
