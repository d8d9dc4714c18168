using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.Options;
using RagApp.Storage.Access;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>Searches the embedded index, which another process may be writing.</summary>
internal sealed class LuceneChunkIndex(IOptions<StorageOptions> options, ITextAnalysis analysis, TimeProvider time) : IChunkIndex, IDisposable
{
    private static readonly ChunkCandidates Nothing = new([], []);

    private readonly OpenTenants<TenantReader> _tenants = new(options.Value.OpenIndexes, tenant => new TenantReader(options.Value.IndexOf(tenant), time));

    static LuceneChunkIndex() => ChunkCodec.Register();

    public Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        if (query.Vector is not null)
            ArgumentException.ThrowIfNullOrEmpty(query.Model);
        // The search computes, it does not wait: it leaves the caller's thread free.
        return Task.Run(() => Search(query, filter), cancellationToken);
    }

    public void Dispose() => _tenants.Dispose();

    private ChunkCandidates Search(ChunkQuery query, AccessFilter filter)
    {
        try
        {
            using (var lease = _tenants.Take(filter.Tenant))
            {
                if (lease.Value.TryRefreshWhenDue())
                    return Search(query, filter, lease.Value);
                lease.Forget();
            }
            using var anew = _tenants.Take(filter.Tenant);
            return Search(query, filter, anew.Value);
        }
        catch (IndexNotFoundException)
        {
            return Nothing;
        }
    }

    private ChunkCandidates Search(ChunkQuery query, AccessFilter filter, TenantReader reader)
    {
        var searcher = reader.Acquire();
        try
        {
            return Search(query, filter, searcher);
        }
        finally
        {
            reader.Release(searcher);
        }
    }

    private ChunkCandidates Search(ChunkQuery query, AccessFilter filter, IndexSearcher searcher)
    {
        var allowed = new AllowedChunks(searcher.IndexReader, filter);
        var keyword = query.Text is null ? [] : Keyword(query.Text, query.Limit, searcher, allowed);
        var semantic = query.Vector is not { } vector
            ? []
            : VectorScan.Nearest(searcher.IndexReader, vector.Span, query.Model!, query.Limit, allowed);
        var chunks = keyword.Concat(semantic).Select(found => found.Chunk).Distinct()
            .ToDictionary(chunk => chunk, chunk => Read(searcher, chunk));
        return new ChunkCandidates(
            [.. keyword.Select(found => new ScoredChunk(chunks[found.Chunk], found.Score))],
            [.. semantic.Select(found => new ScoredChunk(chunks[found.Chunk], found.Score))]);
    }

    private List<(int Chunk, double Score)> Keyword(string text, int limit, IndexSearcher searcher, AllowedChunks allowed)
    {
        var query = KeywordQuery.Create(text, LanguagesOf(searcher.IndexReader), analysis);
        return query is null
            ? []
            : [.. searcher.Search(query, allowed, limit).ScoreDocs.Select(found => (found.Doc, (double)found.Score))];
    }

    private static HashSet<string> LanguagesOf(IndexReader reader) =>
        reader.Leaves
            .SelectMany(segment => segment.AtomicReader.FieldInfos)
            .Select(field => Fields.LanguageOf(field.Name))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    private static FoundChunk Read(IndexSearcher searcher, int chunk)
    {
        var stored = searcher.Doc(chunk).GetBinaryValue(Fields.Chunk);
        return JsonSerializer.Deserialize(stored.Bytes.AsSpan(stored.Offset, stored.Length), StorageJson.Plain.FoundChunk)!;
    }
}
