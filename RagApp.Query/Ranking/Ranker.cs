using Microsoft.Extensions.Options;
using RagApp.Contracts.Search;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Query.Ranking;

/// <summary>
/// Ranks the candidates of an index for a question, best first: 1. fuses the scores of both lists; 2. adds the score of the
/// best passages of the same document; 3. for the best candidates so far, adds how the question's words occur in passage and
/// headings; 4. estimates each hit's relevance, and returns nothing when even the best hit is not relevant.
/// </summary>
internal sealed class Ranker(ITextAnalysis analysis, IOptions<RankingOptions> options)
{
    /// <param name="question">The question, in the wording that passages are ranked by.</param>
    /// <param name="semanticWeight">Weight of the semantic list, 0 to 1; at 0 and at 1 a single list decides the order.</param>
    /// <param name="top">Largest number of hits to return.</param>
    /// <param name="asSpelt">
    /// The question before its spelling was corrected; null when nothing was corrected. Relevance is estimated by it, so that a
    /// correction makes no hit more certain.
    /// </param>
    public IReadOnlyList<SearchHit> Rank(ChunkCandidates offered, string question, double semanticWeight, int top, string? asSpelt = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(semanticWeight, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(semanticWeight, 1);
        var candidates = Candidate.AllOf(offered);
        if (candidates.Count == 0)
            return [];

        var words = new QuestionWords(analysis, question, offered.TermWeights);
        var spelt = asSpelt is null ? null : new QuestionWords(analysis, asSpelt, offered.TermWeights);
        var relevance = new Relevance(candidates);
        var isHybrid = semanticWeight is > 0 and < 1;
        var ranked = isHybrid ? Together(candidates, words, semanticWeight) : OneList(candidates, words, semanticWeight);
        var hits = ranked.Take(top).Select(passage => ToHit(passage, relevance, words, spelt)).ToList(); // 4
        return isHybrid && relevance.IsComparable && hits.Max(hit => hit.Relevance) < options.Value.MinRelevance ? [] : hits;
    }

    private static IEnumerable<Ranked> OneList(IReadOnlyList<Candidate> candidates, QuestionWords words, double semanticWeight)
    {
        var fusion = new Fusion(candidates, semanticWeight);
        return Ordered(candidates.Select(candidate => new Ranked(candidate, fusion.Of(candidate, keywordWeight: 1), Words: null)))
            .Select((passage, rank) => passage with { Words = WordsOf(passage.Candidate, rank, words) });
    }

    private static IEnumerable<Ranked> Together(IReadOnlyList<Candidate> candidates, QuestionWords words, double semanticWeight)
    {
        var fusion = new Fusion(candidates, semanticWeight);
        double KeywordWeight(Candidate candidate) => IsForeign(candidate, words) ? RankingWeights.KeywordAcrossLanguages : RankingWeights.Keyword;

        var documents = candidates.GroupBy(candidate => candidate.Chunk.DocumentId, StringComparer.Ordinal).ToDictionary( // 2
            document => document.Key,
            document => document.Select(candidate => fusion.Of(candidate, RankingWeights.KeywordInDocument * KeywordWeight(candidate)))
                .OrderDescending().Take(RankingWeights.PassagesOfDocument).Average(),
            StringComparer.Ordinal);
        var first = Ordered(candidates.Select(candidate => new Ranked(
            candidate,
            fusion.Of(candidate, KeywordWeight(candidate)) + (RankingWeights.Document * documents[candidate.Chunk.DocumentId]), // 1
            Words: null)));
        var most = MostOf(semanticWeight);
        return Ordered(first.Select((passage, rank) =>
        {
            var found = WordsOf(passage.Candidate, rank, words); // 3
            var fromWords = found is { } shares ? (RankingWeights.Pairs * shares.Pairs) + (RankingWeights.Headings * shares.InHeadings) : 0;
            return passage with { Score = (passage.Score + ((1 - semanticWeight) * fromWords)) / most, Words = found };
        }));
    }

    /// <summary>Highest score that a passage can reach; scores are divided by it.</summary>
    private static double MostOf(double semanticWeight) =>
        (semanticWeight * (1 + RankingWeights.Document))
        + ((1 - semanticWeight) * (RankingWeights.Keyword * (1 + (RankingWeights.Document * RankingWeights.KeywordInDocument)) + RankingWeights.Pairs + RankingWeights.Headings));

    private static WordsFound? WordsOf(Candidate candidate, int rank, QuestionWords words) =>
        rank < RankingWeights.PassagesRead ? words.FindIn(candidate.Chunk) : null;

    private static bool IsForeign(Candidate candidate, QuestionWords words) =>
        !string.Equals(candidate.Chunk.Properties.Language, words.Language, StringComparison.Ordinal);

    /// <summary>Sorts by score, and equal scores by document and position, so that the same search always gives the same order.</summary>
    private static IEnumerable<Ranked> Ordered(IEnumerable<Ranked> passages) =>
        passages.OrderByDescending(passage => passage.Score)
            .ThenBy(passage => passage.Candidate.Chunk.DocumentId, StringComparer.Ordinal)
            .ThenBy(passage => passage.Candidate.Chunk.Ordinal);

    /// <param name="spelt">The words as spelt in the question; null when nothing was corrected.</param>
    private static SearchHit ToHit(Ranked passage, Relevance relevance, QuestionWords words, QuestionWords? spelt)
    {
        var chunk = passage.Candidate.Chunk;
        var found = passage.Words is null ? null : spelt?.FindIn(chunk) ?? passage.Words;
        return new SearchHit(
            chunk.DocumentId, chunk.Version, chunk.Ordinal, chunk.Title, chunk.Path, chunk.Section, chunk.Page, chunk.Text,
            Math.Clamp(passage.Score, 0, 1), passage.Candidate.Keyword, passage.Candidate.Semantic)
        {
            Relevance = relevance.Of(passage.Candidate, IsForeign(passage.Candidate, words) ? null : found?.Covered ?? 0),
            Properties = chunk.Properties,
        };
    }

    /// <param name="Words">Occurrence of the question's words; null when the passage's words were not read.</param>
    private sealed record Ranked(Candidate Candidate, double Score, WordsFound? Words);
}
