using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Query.Ranking;
using RagApp.Query.Results;
using RagApp.Query.Rewriting;
using RagApp.Query.Routing;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Query.Search;

/// <summary>
/// A warm-up search at the start of the service, so that no person waits for work that happens once: compiling code, opening
/// connections and indexes. It takes the path of every search, for a tenant without documents, and ranks made-up passages.
/// </summary>
internal static class FirstSearch
{
    private const string Nobody = "first-search";
    private const string Query = "Who is ready when, and where are the others?";

    /// <summary>Runs the warm-up; false when the question could not be embedded in time.</summary>
    public static async Task<bool> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var parts = scope.ServiceProvider;
        var principal = Principal.ForService(Nobody, "query-router");
        var access = AccessFilter.For(principal);
        var request = new SearchRequest(Query);

        // Without the short deadline of a search, since the embedding service may itself be starting.
        await parts.GetRequiredService<EmbeddingClient>().EmbedAsync(
            principal, new EmbeddingsRequest([Query], Model: null, EmbeddingInputType.Query, EmbeddingPriority.Interactive), cancellationToken);
        var routed = parts.GetRequiredService<Router>().Route(request);
        await parts.GetRequiredService<Rewriter>().RewriteAsync(principal, access, request, cancellationToken);
        await parts.GetRequiredService<QuestionFilters>().FindAsync(Query, request.Filters, access, cancellationToken);
        var plan = new SearchPlan([Query], SearchMode.Hybrid, routed.Reason, Limit: 10);
        var found = await parts.GetRequiredService<CandidateSearch>().FindAsync(principal, plan, access, cancellationToken);
        if (found.Question is not { Vectors: { } vectors })
            return false;

        await parts.GetRequiredService<IChunkIndex>().OpenAsync(new ChunkQuery(Query, vectors[0], found.Question.Model, Limit: 10), cancellationToken);
        var ranked = parts.GetRequiredService<Ranker>().Rank(MadeUp(), Query, found.SemanticWeight, top: 10);
        await parts.GetRequiredService<ResultRefiner>().RefineAsync(principal, Query, ranked, top: 10, cancellationToken);
        return true;
    }

    private static ChunkCandidates MadeUp()
    {
        FoundChunk[] chunks = [Passage(0, "Everybody is ready at nine."), Passage(1, "The others are at the gate, and wait there.")];
        return new ChunkCandidates(
            [.. chunks.Select((chunk, rank) => new ScoredChunk(chunk, 2 - rank))],
            [.. chunks.Select((chunk, rank) => new ScoredChunk(chunk, 0.9 - (0.1 * rank)))]);
    }

    private static FoundChunk Passage(int ordinal, string text) => new(
        Nobody, Version: 1, ordinal, Nobody, Nobody, Section: "", Page: null, text, new DocumentProperties(DocumentProperties.Upload, "md", "en", Date: null, []));
}
