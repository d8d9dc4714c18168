namespace RagApp.Query.Ranking;

/// <summary>
/// Weights of the pieces of evidence. They were chosen on ten development sets together, none of which was held out
/// (docs/decisions/0008-ranking.md).
/// </summary>
internal static class RankingWeights
{
    /// <summary>
    /// Least cosine distance from the best passage at which a passage's semantic score is 0; a wider spread of the candidates
    /// raises it. Without it, tiny differences between nearly equal passages would be stretched to the full scale.
    /// </summary>
    public const double LeastSpread = 0.15;

    /// <summary>Weight of BM25 (as a share of the best BM25 score); the cosine's weight is 1.</summary>
    public const double Keyword = 0.4;

    /// <summary>Weight of BM25 when question and passage are in different languages, where only names and numbers can match.</summary>
    public const double KeywordAcrossLanguages = 0.2;

    /// <summary>Weight of the pairs of neighbouring words that question and passage, or its headings, share.</summary>
    public const double Pairs = 0.4;

    /// <summary>Weight of the question's words that are in title or headings.</summary>
    public const double Headings = 0.6;

    /// <summary>Weight of the best passages of the same document; the passage's own weight is 1.</summary>
    public const double Document = 0.7;

    /// <summary>Factor for BM25 in the document's score.</summary>
    public const double KeywordInDocument = 0.5;

    /// <summary>Number of a document's best passages that count for its score.</summary>
    public const int PassagesOfDocument = 3;

    /// <summary>Number of best passages whose words are read; with 100 the results are the same.</summary>
    public const int PassagesRead = 40;
}
