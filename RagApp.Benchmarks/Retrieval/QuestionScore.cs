namespace RagApp.Benchmarks.Retrieval;

/// <summary>Quality of a document ranking for one question; every measure is between 0 and 1.</summary>
/// <param name="Recall1">Recall@1: share of the relevant documents that are at rank 1. The next two are recall@5 and recall@10.</param>
/// <param name="ReciprocalRank">1 / rank of the first relevant document; 0 when the ranking has none.</param>
/// <param name="Gain">nDCG@10 with the grade itself as the gain.</param>
internal sealed record QuestionScore(double Recall1, double Recall5, double Recall10, double ReciprocalRank, double Gain)
{
    private const int Depth = 10;

    /// <param name="ranking">Documents, best first, without duplicates.</param>
    /// <param name="grades">Relevance grade, above 0, of each document that answers the question.</param>
    public static QuestionScore Of(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, double> grades)
    {
        var found = ranking.Select(document => grades.GetValueOrDefault(document)).ToList();
        var first = found.FindIndex(grade => grade > 0);
        return new QuestionScore(
            RecallAt(1), RecallAt(5), RecallAt(10), first < 0 ? 0 : 1.0 / (first + 1),
            Discounted(found) / Discounted(grades.Values.OrderDescending()));

        double RecallAt(int rank) => found.Take(rank).Count(grade => grade > 0) / (double)grades.Count;
    }

    private static double Discounted(IEnumerable<double> grades) =>
        grades.Take(Depth).Select((grade, at) => grade / Math.Log2(at + 2)).Sum();
}
