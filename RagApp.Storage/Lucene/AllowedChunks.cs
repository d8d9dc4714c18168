using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The chunks that an access filter opens and a narrowing leaves, as bits per segment: those of the filter's tenant
/// whose access list names the caller, with every property that is asked for, and not deleted. Both lists are searched
/// under the same bits, and a segment that none were made for is closed.
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

    /// <summary>How many there are.</summary>
    public long Count => _bySegment.Values.Sum(open => (long)open.Count);

    public FixedBitSet In(AtomicReaderContext segment) => Of(segment).Bits;

    public OpenChunks Of(AtomicReaderContext segment) => _bySegment[segment.Ord];

    /// <summary>The same for the same filter and narrowing, and never for different ones.</summary>
    private static string KeyOf(AccessFilter filter, SearchFilters? narrowing)
    {
        string[] entries = [filter.Tenant, .. filter.Entries.Order(StringComparer.Ordinal)];
        return JsonSerializer.Serialize(entries, StorageJson.Plain.StringArray)
            + JsonSerializer.Serialize(narrowing, StorageJson.Plain.SearchFilters!);
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

    /// <summary>Leaves the chunks with any of these values; null leaves all.</summary>
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
