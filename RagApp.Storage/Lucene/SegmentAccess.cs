using System.Runtime.CompilerServices;
using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Storage.Access;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The access lists of one segment: the few different ones, and which of them each chunk has. They are read when the
/// segment is first searched and again after a change of access in it, four bytes per chunk; text and vectors are
/// another matter and stay.
/// </summary>
internal sealed class SegmentAccess
{
    private static readonly ConditionalWeakTable<object, SegmentAccess> Latest = [];

    private readonly long _generation;
    private readonly List<string[]> _lists = [];
    private readonly int[] _listOf;

    private SegmentAccess(AtomicReader segment)
    {
        _generation = GenerationOf(segment);
        _listOf = Read(segment.GetBinaryDocValues(Fields.Access), segment.MaxDoc);
    }

    public static SegmentAccess Of(AtomicReader segment)
    {
        if (Latest.TryGetValue(segment.CoreCacheKey, out var known) && known._generation == GenerationOf(segment))
            return known;
        var read = new SegmentAccess(segment);
        Latest.AddOrUpdate(segment.CoreCacheKey, read);
        return read;
    }

    /// <summary>The list as it is stored; the order of its entries does not matter.</summary>
    public static BytesRef Encode(IEnumerable<string> access) =>
        new(JsonSerializer.SerializeToUtf8Bytes([.. access.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], StorageJson.Plain.StringArray));

    public static string[] Decode(BytesRef value) =>
        JsonSerializer.Deserialize(value.Bytes.AsSpan(value.Offset, value.Length), StorageJson.Plain.StringArray)!;

    /// <summary>The chunks that the filter opens, deleted ones among them. Each different list is judged once.</summary>
    public FixedBitSet Open(AccessFilter filter)
    {
        var opens = _lists.Select(list => filter.Allows(filter.Tenant, list)).ToArray();
        var open = new FixedBitSet(_listOf.Length);
        if (Array.TrueForAll(opens, judged => judged))
            open.Set(0, _listOf.Length);
        else if (Array.Exists(opens, judged => judged))
            Mark(opens, open);
        return open;
    }

    private void Mark(bool[] opens, FixedBitSet open)
    {
        for (var chunk = 0; chunk < _listOf.Length; chunk++)
        {
            if (opens[_listOf[chunk]])
                open.Set(chunk);
        }
    }

    private int[] Read(BinaryDocValues? values, int chunks)
    {
        var listOf = new int[chunks];
        if (values is null)
        {
            _lists.Add([]); // a segment without the field opens nothing
            return listOf;
        }
        var numbers = new Dictionary<BytesRef, int>();
        var (value, last, number) = (new BytesRef(), new BytesRef(), -1);
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            values.Get(chunk, value);
            if (number < 0 || !value.BytesEquals(last))
            {
                last = BytesRef.DeepCopyOf(value); // most chunks have the list of the one before
                if (!numbers.TryGetValue(last, out number))
                {
                    numbers.Add(last, number = _lists.Count);
                    _lists.Add(last.Length == 0 ? [] : Decode(last));
                }
            }
            listOf[chunk] = number;
        }
        return listOf;
    }

    /// <summary>Counts the changes of values in the segment: a new file each time.</summary>
    private static long GenerationOf(AtomicReader segment) => ((SegmentReader)segment).SegmentInfo.FieldInfosGen;
}
