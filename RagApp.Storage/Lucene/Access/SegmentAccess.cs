using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Storage.Access;

namespace RagApp.Storage.Lucene.Access;

/// <summary>
/// The access lists of one segment: its different lists, and the list of each chunk, four bytes per chunk. They are read
/// when the segment is first searched, and again after a change of access; text and vectors need not be read again.
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
        _listOf = Read(segment);
    }

    public static SegmentAccess Of(AtomicReader segment)
    {
        if (Latest.TryGetValue(segment.CoreCacheKey, out var known) && known._generation == GenerationOf(segment))
            return known;
        var read = new SegmentAccess(segment);
        Latest.AddOrUpdate(segment.CoreCacheKey, read);
        return read;
    }

    /// <summary>The chunks that the filter allows, including deleted ones. Each different list is checked once.</summary>
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

    /// <summary>Reads the list of each chunk. A chunk whose list is missing gets the empty list, which allows nobody.</summary>
    private int[] Read(AtomicReader segment)
    {
        var listOf = new int[segment.MaxDoc];
        _lists.Add([]);
        if (segment.GetBinaryDocValues(Fields.Access) is not { } values)
            return listOf;
        var numbers = new Dictionary<BytesRef, int>();
        foreach (var (standIn, list) in AccessLists.In(segment))
        {
            numbers.Add(standIn, _lists.Count);
            _lists.Add(list);
        }
        var value = new BytesRef();
        for (var chunk = 0; chunk < listOf.Length; chunk++)
        {
            values.Get(chunk, value);
            listOf[chunk] = numbers.GetValueOrDefault(value);
        }
        return listOf;
    }

    /// <summary>Generation of the changed values in the segment: Lucene writes a new file, with a new number, for each change.</summary>
    private static long GenerationOf(AtomicReader segment) => ((SegmentReader)segment).SegmentInfo.FieldInfosGen;
}
