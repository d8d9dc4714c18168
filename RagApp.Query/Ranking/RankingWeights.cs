namespace RagApp.Query.Ranking;

/// <summary>
/// What each piece of evidence counts. Chosen on ten development sets at once, none of which was kept back
/// (docs/decisions/0008-ranking.md).
/// </summary>
internal static class RankingWeights
{
    /// <summary>
    /// The cosine distance that makes a passage worthless beside the best one, unless the candidates spread wider. Of
    /// two passages that are nearly as close as each other it would be wrong to say that one is everything.
    /// </summary>
    public const double LeastSpread = 0.15;

    /// <summary>BM25 as a share of the best one, where the cosine, as a share of the spread, counts 1.</summary>
    public const double Keyword = 0.4;

    /// <summary>The same when question and passage are in two languages: then only names and numbers can agree.</summary>
    public const double KeywordAcrossLanguages = 0.2;

    /// <summary>Words that follow each other in the question and in the passage or its headings, as a share of the question's.</summary>
    public const double Pairs = 0.4;

    /// <summary>Words of the question that are in title or headings, as a share of the question's.</summary>
    public const double Headings = 0.6;

    /// <summary>What the best passages of the same document count, beside the passage itself with 1.</summary>
    public const double Document = 0.7;

    /// <summary>BM25 in the evidence of the document, as a share of what it counts in the passage.</summary>
    public const double KeywordInDocument = 0.5;

    /// <summary>How many passages speak for a document.</summary>
    public const int PassagesOfDocument = 3;

    /// <summary>How many of the best passages are read word by word; with 100 the results are the same.</summary>
    public const int PassagesRead = 40;
}
