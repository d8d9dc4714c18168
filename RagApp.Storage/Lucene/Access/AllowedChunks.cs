using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;

namespace RagApp.Storage.Lucene.Access;

/// <summary>
/// The chunks that a search may find, as one bit per chunk and segment: chunks of the filter's tenant whose access list
/// allows the caller, with all properties of the narrowing, and not deleted. The keyword list and the dense list are
/// searched under the same bits.
/// </summary>
internal sealed class AllowedChunks
{
    private readonly Dictionary<int, OpenChunks> _bySegment;

    public AllowedChunks(IndexReader reader, AccessFilter filter, SearchFilters? narrowing)
    {
        var key = KeyOf(filter, narrowing);
        _bySegment = reader.Leaves.ToDictionary(
            segment => segment.Ord,
            segment => SegmentFilters.Of(segment.AtomicReader).GetOrMake(key, () => new OpenChunks(Open(segment.AtomicReader, filter, narrowing))));
    }

    /// <summary>Number of allowed chunks.</summary>
    public long Count => _bySegment.Values.Sum(open => (long)open.Count);

    public FixedBitSet In(AtomicReaderContext segment) => Of(segment).Bits;

    public OpenChunks Of(AtomicReaderContext segment) => _bySegment[segment.Ord];

    /// <summary>Cache key that is equal exactly for equal filter and narrowing.</summary>
    private static string KeyOf(AccessFilter filter, SearchFilters? narrowing)
    {
        string[] entries = [filter.Tenant, .. filter.Entries.Order(StringComparer.Ordinal)];
        return JsonSerializer.Serialize(entries, LuceneJson.Plain.StringArray)
            + JsonSerializer.Serialize(narrowing, LuceneJson.Plain.SearchFilters!);
    }

    private static FixedBitSet Open(AtomicReader segment, AccessFilter filter, SearchFilters? narrowing)
    {
        var open = SegmentAccess.Of(segment).Open(filter);
        Restrict(segment, Fields.Tenant, [filter.Tenant], open);
        if (narrowing is not null)
            Narrow(segment, narrowing, open);
        if (segment.LiveDocs is { } live)
            Keep(live.Get, open);
        return open;
    }

    private static void Narrow(AtomicReader segment, SearchFilters narrowing, FixedBitSet open)
    {
        Restrict(segment, Fields.Document, narrowing.Documents, open);
        Restrict(segment, Fields.Source, narrowing.Sources, open);
        Restrict(segment, Fields.Type, narrowing.Types, open);
        Restrict(segment, Fields.Tag, narrowing.Tags, open);
        Restrict(segment, Fields.Language, narrowing.Languages, open);
        if (narrowing.From is null && narrowing.Before is null)
            return;
        var from = narrowing.From?.ToUnixTimeMilliseconds() ?? long.MinValue;
        var before = narrowing.Before?.ToUnixTimeMilliseconds() ?? Fields.NoDate;
        var dates = segment.GetNumericDocValues(Fields.Date);
        Keep(chunk => dates is not null && dates.Get(chunk) >= from && dates.Get(chunk) < before, open);
    }

    /// <summary>Keeps the chunks that have any of these values; null keeps all.</summary>
    private static void Restrict(AtomicReader segment, string field, IReadOnlyList<string>? values, FixedBitSet open)
    {
        if (values is null || values.Any(value => segment.DocFreq(new Term(field, value)) == segment.MaxDoc))
            return;
        var matching = new FixedBitSet(segment.MaxDoc);
        foreach (var value in values)
        {
            if (segment.GetTermDocsEnum(new Term(field, value)) is { } chunks)
                matching.Or(chunks);
        }
        open.And(matching);
    }

    private static void Keep(Func<int, bool> wanted, FixedBitSet open)
    {
        for (var chunk = open.NextSetBit(0); chunk >= 0; chunk = chunk + 1 < open.Length ? open.NextSetBit(chunk + 1) : -1)
        {
            if (!wanted(chunk))
                open.Clear(chunk);
        }
    }
}
