using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Access;
using RagApp.Storage.Lucene.Keywords;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene;

/// <summary>Searches the embedded Lucene index, also while another process writes it.</summary>
internal sealed class LuceneChunkIndex(IOptions<StorageOptions> options, ITextAnalysis analysis) : IChunkIndex, IDisposable
{
    private const int Attempts = 3;

    /// <summary>Number of tenants whose index is opened at the start; opening more would delay the start.</summary>
    private const int OpenedAtStart = 8;

    private const string Misspelt = "evrybody";

    private static readonly ChunkCandidates Nothing = new([], []);

    private readonly OpenTenants<TenantReader> _tenants = new(options.Value.OpenIndexes, tenant => new TenantReader(options.Value, tenant));

    static LuceneChunkIndex() => ChunkCodec.Register();

    public Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        if (query.Vector is not null)
            ArgumentException.ThrowIfNullOrEmpty(query.Model);
        // A search is pure computation: it runs on the thread pool so as not to block the caller's thread.
        return Task.Run(() => Read(filter.Tenant, reader => Search(query, filter, reader), Nothing), cancellationToken);
    }

    public Task<long> CountAsync(SearchFilters? narrowing, AccessFilter filter, CancellationToken cancellationToken) =>
        Task.Run(() => Read(filter.Tenant, reader => Search(reader, searcher => new AllowedChunks(searcher.IndexReader, filter, narrowing).Count), nothing: 0), cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> CorrectAsync(
        IReadOnlyCollection<string> words, AccessFilter filter, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyDictionary<string, string>>(
            () => Read(filter.Tenant, reader => Search(reader, searcher => Correct(words, filter, searcher, cancellationToken)), nothing: []),
            cancellationToken);

    public Task<string?> FindModelAsync(string tenant, CancellationToken cancellationToken) =>
        Task.Run(() => Read<string?>(tenant, reader => reader.Generation.Model, nothing: null), cancellationToken);

    public async Task OpenAsync(ChunkQuery practice, CancellationToken cancellationToken)
    {
        foreach (var tenant in options.Value.Tenants().Take(Math.Min(OpenedAtStart, options.Value.OpenIndexes)))
        {
            var nobody = AccessFilter.For(Principal.ForService(tenant, "first-search"));
            await SearchAsync(practice, nobody, cancellationToken);
            await CorrectAsync([Misspelt], nobody, cancellationToken);
        }
    }

    public void Dispose() => _tenants.Dispose();

    /// <summary>
    /// Reads the current generation. A generation that was just replaced may be removed while it is being opened: then the
    /// read is repeated with the new one.
    /// </summary>
    private T Read<T>(string tenant, Func<TenantReader, T> read, T nothing)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var lease = _tenants.Take(tenant);
                if (lease.Value.TryRefresh())
                    return read(lease.Value);
                lease.Forget();
            }
            catch (IndexNotFoundException) when (attempt == Attempts)
            {
                return nothing;
            }
            catch (Exception exception) when (exception is IndexNotFoundException or IOException && attempt < Attempts)
            {
                // try again with the generation that is current now
            }
        }
    }

    private ChunkCandidates Search(ChunkQuery query, AccessFilter filter, TenantReader reader) =>
        Search(reader, searcher => ChunkSearch.Find(searcher, query, filter, analysis)) with { Model = reader.Generation.Model };

    private Dictionary<string, string> Correct(
        IReadOnlyCollection<string> words, AccessFilter filter, IndexSearcher searcher, CancellationToken cancellationToken) =>
        new SpellChecker(searcher.IndexReader, new AllowedChunks(searcher.IndexReader, filter, narrowing: null), analysis).Correct(words, cancellationToken);

    private static T Search<T>(TenantReader reader, Func<IndexSearcher, T> search)
    {
        var searcher = reader.Acquire();
        try
        {
            return search(searcher);
        }
        finally
        {
            reader.Release(searcher);
        }
    }
}
