using System.Collections.Frozen;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Terms;

namespace RagApp.Storage.Qdrant;

/// <summary>Searches the index on a Qdrant server or cluster.</summary>
internal sealed class QdrantChunkIndex(
    QdrantClient client, IndexCollections collections, CurrentGenerations generations, QuestionTerms terms, SearchPlans plans, Corrections corrections)
    : IChunkIndex
{
    private static readonly ChunkCandidates Nothing = new([], []);

    /// <summary>
    /// 1. The generation that answers, as known. 2. Both lists at once. 3. Each list's scores for what only the other
    /// found and, beside that, whether the generation still answers: one that was replaced may be half gone, and knows
    /// nothing of what was revoked since, so that the search begins again.
    /// </summary>
    public async Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        if (query.Vector is not null)
            ArgumentException.ThrowIfNullOrEmpty(query.Model);
        var generation = await generations.FindRecentAsync(filter.Tenant, cancellationToken); // 1
        while (generation is not null)
        {
            var search = await SearchOf(query, filter, generation, cancellationToken);
            var found = await FindAsync(search, cancellationToken); // 2
            var current = generations.FindAsync(filter.Tenant, cancellationToken); // 3
            await Task.WhenAll(CompleteAsync(search, found, cancellationToken), current);
            if ((await current)?.Id == generation.Id)
                return found.ToCandidates() with { Model = generation.Model, TermWeights = search.TermWeights };
            generation = await current;
        }
        return Nothing;
    }

    public async Task<long> CountAsync(SearchFilters? narrowing, AccessFilter filter, CancellationToken cancellationToken) =>
        await generations.FindAsync(filter.Tenant, cancellationToken) is { } generation
            ? await client.CountAsync(collections.AliasOf(generation.Model, generation.Dimension), IndexFilter.ForReader(filter, generation, narrowing), exact: true, cancellationToken)
            : 0;

    public async Task<IReadOnlyDictionary<string, string>> CorrectAsync(
        IReadOnlyCollection<string> words, AccessFilter filter, CancellationToken cancellationToken) =>
        await generations.FindAsync(filter.Tenant, cancellationToken) is { } generation
            ? await corrections.FindAsync(words, generation, filter, cancellationToken)
            : new Dictionary<string, string>();

    public async Task<string?> FindModelAsync(string tenant, CancellationToken cancellationToken) =>
        (await generations.FindRecentAsync(tenant, cancellationToken))?.Model;

    private async Task<Search> SearchOf(ChunkQuery query, AccessFilter filter, IndexGeneration generation, CancellationToken cancellationToken)
    {
        var collection = collections.AliasOf(generation.Model, generation.Dimension);
        var allowed = IndexFilter.ForReader(filter, generation, query.Filters);
        var keywords = query.Text is null ? null : await terms.FindAsync(filter, generation, query.Text, cancellationToken);
        var vector = query.Model == generation.Model && query.Vector?.Length == generation.Dimension ? query.Vector : null;
        var plan = vector is null ? null : await plans.ChooseAsync(collection, allowed, cancellationToken);
        return new Search(
            collection,
            allowed,
            keywords is null ? null : QdrantQuery.ByKeywords(keywords.ByPlace, allowed, query.Limit) with { WithPayload = QdrantSelection.All },
            vector is null ? null : QdrantQuery.ByMeaning(vector.Value, allowed, query.Limit) with { WithPayload = QdrantSelection.All, Params = plan })
        {
            TermWeights = keywords?.ByText ?? FrozenDictionary<string, double>.Empty,
        };
    }

    private async Task<FoundLists> FindAsync(Search search, CancellationToken cancellationToken)
    {
        var (keyword, semantic) = await AskAsync(search.Collection, search.Keyword, search.Semantic, cancellationToken);
        return new FoundLists(keyword, semantic);
    }

    private async Task CompleteAsync(Search search, FoundLists found, CancellationToken cancellationToken)
    {
        var (keyword, semantic) = await AskAsync(
            search.Collection,
            search.Keyword is null ? null : About(search.Keyword, found.WithoutKeyword),
            search.Semantic is null ? null : About(search.Semantic, found.WithoutSemantic),
            cancellationToken);
        found.Complete(keyword, semantic);

        QdrantQuery? About(QdrantQuery query, IReadOnlyList<Guid> ids) => ids.Count == 0 ? null : query with
        {
            Filter = search.Allowed.And(QdrantCondition.IsPoint(ids)),
            Limit = ids.Count,
            WithPayload = QdrantSelection.None,
            Params = new QdrantSearchParams { Exact = true },
        };
    }

    /// <summary>Both in one request; what is not asked for finds nothing.</summary>
    private async Task<(IReadOnlyList<QdrantHit> Keyword, IReadOnlyList<QdrantHit> Semantic)> AskAsync(
        string collection, QdrantQuery? keyword, QdrantQuery? semantic, CancellationToken cancellationToken)
    {
        QdrantQuery[] queries = [.. new[] { keyword, semantic }.OfType<QdrantQuery>()];
        var answers = queries.Length == 0 ? [] : await client.QueryAsync(collection, queries, cancellationToken);
        return (keyword is null ? [] : answers[0], semantic is null ? [] : answers[^1]);
    }

    /// <summary>One search as it is put to the server; a list that is not asked for is null.</summary>
    private sealed record Search(string Collection, QdrantFilter Allowed, QdrantQuery? Keyword, QdrantQuery? Semantic)
    {
        public required IReadOnlyDictionary<string, double> TermWeights { get; init; }
    }
}
