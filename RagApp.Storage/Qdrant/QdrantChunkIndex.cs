using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Searching;
using RagApp.Storage.Qdrant.Terms;

namespace RagApp.Storage.Qdrant;

/// <summary>Searches the chunk index on a Qdrant server or cluster.</summary>
internal sealed class QdrantChunkIndex(
    QdrantPoints points, IndexCollections collections, CurrentGenerations generations, ListSearch lists, Corrections corrections, IOptions<QdrantOptions> options, TimeProvider time)
    : IChunkIndex
{
    private static readonly ChunkCandidates Nothing = new([], []);

    /// <summary>
    /// 1. Takes the current generation from the cache. 2. Searches both lists at once. 3. Completes each list's scores for chunks
    /// that only the other one found, and at the same time checks that the generation is still current. The search begins again
    /// when it is not: a replaced generation may be partly removed, and misses later revocations.
    /// </summary>
    /// <exception cref="QdrantException">The server refused the search, or it took longer than <see cref="QdrantOptions.ReadTimeout"/>.</exception>
    public async Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        if (query.Vector is not null)
            ArgumentException.ThrowIfNullOrEmpty(query.Model);
        return await InTimeAsync(token => SearchInTimeAsync(query, filter, token), cancellationToken);
    }

    public Task<long> CountAsync(SearchFilters? narrowing, AccessFilter filter, CancellationToken cancellationToken) => InTimeAsync(
        async token => await generations.FindAsync(filter.Tenant, token) is { } generation
            ? await points.CountAsync(collections.AliasOf(generation.Model, generation.Dimension), IndexFilter.ForReader(filter, generation, narrowing), token)
            : 0,
        cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> CorrectAsync(
        IReadOnlyCollection<string> words, AccessFilter filter, CancellationToken cancellationToken) => InTimeAsync(
        async token => await generations.FindAsync(filter.Tenant, token) is { } generation
            ? await corrections.FindAsync(words, generation, filter, token)
            : FrozenDictionary<string, string>.Empty,
        cancellationToken);

    public Task<string?> FindModelAsync(string tenant, CancellationToken cancellationToken) =>
        InTimeAsync(async token => (await generations.FindRecentAsync(tenant, token))?.Model, cancellationToken);

    /// <summary>Applies the time limit to all calls of a question together.</summary>
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> answer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.ReadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await answer(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw QdrantErrors.TooSlow(options.Value.ReadTimeout, exception);
        }
    }

    private async Task<ChunkCandidates> SearchInTimeAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken)
    {
        var generation = await generations.FindRecentAsync(filter.Tenant, cancellationToken); // 1
        while (generation is not null)
        {
            var search = await lists.BeginAsync(query, filter, generation, cancellationToken);
            await search.FindAsync(cancellationToken); // 2
            var current = generations.FindAsync(filter.Tenant, cancellationToken); // 3
            await Task.WhenAll(search.CompleteAsync(cancellationToken), current);
            if ((await current)?.Id == generation.Id)
                return search.ToCandidates();
            generation = await current;
        }
        return Nothing;
    }
}
