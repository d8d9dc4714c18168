using System.Collections.Frozen;
using Qdrant.Client.Grpc;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Storage.Qdrant.Terms;

namespace RagApp.Storage.Qdrant.Searching;

/// <summary>Prepares a search: weighs the question's terms, and chooses the search plan of the dense list.</summary>
internal sealed class ListSearch(QdrantPoints points, IndexCollections collections, QuestionTerms terms, SearchPlans plans)
{
    public Task<BegunSearch> BeginAsync(ChunkQuery query, AccessFilter filter, IndexGeneration generation, CancellationToken cancellationToken) =>
        BeginAsync(query, filter, generation, collections.AliasOf(generation.Model, generation.Dimension), cancellationToken);

    /// <param name="collection">Collection to search, which may be a restored one that no alias names.</param>
    public async Task<BegunSearch> BeginAsync(
        ChunkQuery query, AccessFilter filter, IndexGeneration generation, string collection, CancellationToken cancellationToken)
    {
        var allowed = IndexFilter.ForReader(filter, generation, query.Filters);
        var keywords = query.Text is null ? null : await terms.FindAsync(filter, generation, query.Text, cancellationToken);
        var vector = query.Model == generation.Model && query.Vector?.Length == generation.Dimension ? query.Vector : null;
        var plan = vector is null ? null : await plans.ChooseAsync(collection, allowed, cancellationToken);
        return new BegunSearch(points, collection, query, filter, generation)
        {
            Keyword = keywords is null ? null : PointQuery.ByKeywords(keywords.ByPlace, allowed, query.Limit) with { Payload = ChunkPayload.Shown },
            Semantic = vector is null ? null : PointQuery.ByMeaning(vector.Value, allowed, query.Limit) with { Payload = ChunkPayload.Shown, Params = plan },
            TermWeights = keywords?.ByText ?? FrozenDictionary<string, double>.Empty,
        };
    }
}

/// <summary>One search in progress; the query of a list that is not wanted is null.</summary>
internal sealed class BegunSearch(QdrantPoints points, string collection, ChunkQuery query, AccessFilter filter, IndexGeneration generation)
{
    /// <summary>Largest number of times that a search is repeated because a document's version changed during it.</summary>
    private const int MostTries = 8;

    /// <summary>
    /// Largest number of documents named in one filter, or a few more: a filter has room for 100 conditions, and each document
    /// takes four.
    /// </summary>
    private const int MostNamed = 8;

    private FoundLists _found = new([], [], filter);

    public required PointQuery? Keyword { get; set; }

    public required PointQuery? Semantic { get; set; }

    public required IReadOnlyDictionary<string, double> TermWeights { get; init; }

    /// <summary>
    /// Searches both lists. While a new version of a document goes live, a search of several shards may find parts of the old and
    /// of the new version, neither complete. The new version is completely written before any part is live, so the search is
    /// repeated with the number of that version, live or not.
    /// </summary>
    public async Task FindAsync(CancellationToken cancellationToken)
    {
        var named = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var tries = 1; ; tries++)
        {
            var (keyword, semantic) = await AskAsync(Keyword, Semantic, cancellationToken);
            _found = new FoundLists(keyword, semantic, filter);
            string[] mixed = [.. _found.Mixed.Where(document => named.ContainsKey(document) || named.Count < MostNamed)];
            if (mixed.Length == 0 || tries == MostTries)
                return;
            foreach (var document in mixed.Take(MostNamed))
                named[document] = _found.Newest[document];
            var allowed = IndexFilter.ForReader(filter, generation, query.Filters, named);
            (Keyword, Semantic) = (Keyword is null ? null : Keyword with { Filter = allowed }, Semantic is null ? null : Semantic with { Filter = allowed });
        }
    }

    /// <summary>Adds each list's scores for the chunks that only the other list found.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var (keyword, semantic) = await AskAsync(
            Keyword is null ? null : About(Keyword, _found.WithoutKeyword),
            Semantic is null ? null : About(Semantic, _found.WithoutSemantic),
            cancellationToken);
        _found.Complete(keyword, semantic);

        static PointQuery? About(PointQuery query, IReadOnlyList<Guid> ids) => ids.Count == 0 ? null : query with
        {
            Filter = query.Filter.And(QdrantCondition.IsPoint(ids)),
            Limit = ids.Count,
            Payload = new WithPayloadSelector { Enable = false },
            Params = new SearchParams { Exact = true },
        };
    }

    public ChunkCandidates ToCandidates() => _found.ToCandidates() with { Model = generation.Model, TermWeights = TermWeights };

    /// <summary>Sends both queries in one request; a null query gets an empty list.</summary>
    private async Task<(IReadOnlyList<FoundPoint> Keyword, IReadOnlyList<FoundPoint> Semantic)> AskAsync(
        PointQuery? keyword, PointQuery? semantic, CancellationToken cancellationToken)
    {
        PointQuery[] queries = [.. new[] { keyword, semantic }.OfType<PointQuery>()];
        var answers = queries.Length == 0 ? [] : await points.QueryAsync(collection, queries, cancellationToken);
        return (keyword is null ? [] : answers[0], semantic is null ? [] : answers[^1]);
    }
}
