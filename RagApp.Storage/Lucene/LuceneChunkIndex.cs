using RagApp.Contracts.Search;
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
    private const int Attempts = 3;

    private static readonly ChunkCandidates Nothing = new([], []);

    private readonly OpenTenants<TenantReader> _tenants = new(options.Value.OpenIndexes, tenant => new TenantReader(options.Value, tenant, time));

    static LuceneChunkIndex() => ChunkCodec.Register();

    public Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        if (query.Vector is not null)
            ArgumentException.ThrowIfNullOrEmpty(query.Model);
        // The search computes, it does not wait: it leaves the caller's thread free.
        return Task.Run(() => Read(filter.Tenant, reader => Search(query, filter, reader), Nothing), cancellationToken);
    }

    public Task<long> CountAsync(SearchFilters? narrowing, AccessFilter filter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, string>> CorrectAsync(
        IReadOnlyCollection<string> words, AccessFilter filter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> FindModelAsync(string tenant, CancellationToken cancellationToken) =>
        Task.Run(() => Read<string?>(tenant, reader => reader.Generation.Model, nothing: null), cancellationToken);

    public void Dispose() => _tenants.Dispose();

    /// <summary>
    /// Reads the generation that answers. One that was replaced just now may go away while it is being opened: then
    /// there is another to open.
    /// </summary>
    private T Read<T>(string tenant, Func<TenantReader, T> read, T nothing)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var lease = _tenants.Take(tenant);
                if (lease.Value.TryRefreshWhenDue())
                    return read(lease.Value);
                lease.Forget();
            }
            catch (IndexNotFoundException) when (attempt == Attempts)
            {
                return nothing;
            }
            catch (Exception exception) when (exception is IndexNotFoundException or IOException && attempt < Attempts)
            {
                // once more, on what is there now
            }
        }
    }

    private ChunkCandidates Search(ChunkQuery query, AccessFilter filter, TenantReader reader)
    {
        var searcher = reader.Acquire();
        try
        {
            return Search(query, filter, searcher) with { Model = reader.Generation.Model };
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
            .ToDictionary(chunk => chunk, chunk => ReadChunk(searcher, chunk));
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

    private static FoundChunk ReadChunk(IndexSearcher searcher, int chunk)
    {
        var stored = searcher.Doc(chunk).GetBinaryValue(Fields.Chunk);
        return JsonSerializer.Deserialize(stored.Bytes.AsSpan(stored.Offset, stored.Length), StorageJson.Plain.FoundChunk)!;
    }
}
