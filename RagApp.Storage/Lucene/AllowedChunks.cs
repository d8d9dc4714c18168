using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using RagApp.Storage.Access;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The chunks that an access filter opens, as bits per segment: those of the filter's tenant with one of the
/// filter's entries in their access list, and not deleted. Both lists are searched under the same bits, and a
/// segment that none were made for is closed.
/// </summary>
internal sealed class AllowedChunks : Filter
{
    private readonly Dictionary<int, FixedBitSet> _bySegment;

    public AllowedChunks(IndexReader reader, AccessFilter filter) =>
        _bySegment = reader.Leaves.ToDictionary(segment => segment.Ord, segment => Open(segment.AtomicReader, filter));

    public FixedBitSet In(AtomicReaderContext segment) => _bySegment[segment.Ord];

    /// <summary>For Lucene's own search. A segment may have no bits at all, which it is told by null.</summary>
    public override DocIdSet? GetDocIdSet(AtomicReaderContext context, IBits acceptDocs) => _bySegment.GetValueOrDefault(context.Ord);

    private static FixedBitSet Open(AtomicReader segment, AccessFilter filter)
    {
        var open = new FixedBitSet(segment.MaxDoc);
        foreach (var entry in filter.Entries)
            Add(segment, new Term(Fields.Access, entry), open);
        Restrict(segment, new Term(Fields.Tenant, filter.Tenant), open);
        if (segment.LiveDocs is { } live)
            Remove(live, open);
        return open;
    }

    private static void Add(AtomicReader segment, Term term, FixedBitSet open)
    {
        if (segment.DocFreq(term) == segment.MaxDoc)
            open.Set(0, segment.MaxDoc);
        else if (segment.GetTermDocsEnum(term) is { } chunks)
            open.Or(chunks);
    }

    private static void Restrict(AtomicReader segment, Term term, FixedBitSet open)
    {
        if (segment.DocFreq(term) == segment.MaxDoc)
            return;
        var matching = new FixedBitSet(segment.MaxDoc);
        Add(segment, term, matching);
        open.And(matching);
    }

    private static void Remove(IBits live, FixedBitSet open)
    {
        for (var chunk = open.NextSetBit(0); chunk >= 0; chunk = chunk + 1 < open.Length ? open.NextSetBit(chunk + 1) : -1)
        {
            if (!live.Get(chunk))
                open.Clear(chunk);
        }
    }
}
