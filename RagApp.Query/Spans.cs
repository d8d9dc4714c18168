using System.Diagnostics;

namespace RagApp.Query;

/// <summary>
/// Names of the spans of a search. Spans hold counts, our own names and durations, never a word of a question or a passage.
/// </summary>
internal static class Spans
{
    public static readonly ActivitySource Source = new("RagApp.Query");

    public static class Stages
    {
        public const string Search = "search";
        public const string Route = "route question";
        public const string Rewrite = "rewrite question";
        public const string SearchIndex = "search index";
        public const string Rank = "rank passages";
        public const string Refine = "refine passages";
        public const string Rerank = "rerank passages";
    }

    public static class Tags
    {
        public const string Route = "ragapp.search.route";
        public const string Mode = "ragapp.search.mode";
        public const string Model = "ragapp.search.embedding_model";
        public const string Cause = "ragapp.search.degraded_cause";
        public const string Texts = "ragapp.search.texts";
        public const string HasFilters = "ragapp.search.has_filters";
        public const string KeywordCandidates = "ragapp.search.keyword_candidates";
        public const string SemanticCandidates = "ragapp.search.semantic_candidates";
        public const string Candidates = "ragapp.search.candidates";
        public const string Hits = "ragapp.search.hits";
        public const string Duplicates = "ragapp.search.duplicates";
        public const string Joined = "ragapp.search.joined";
        public const string Postponed = "ragapp.search.postponed";
        public const string RerankOutcome = "ragapp.search.rerank_outcome";
        public const string Rewrites = "ragapp.rewriting.kinds";
    }
}
