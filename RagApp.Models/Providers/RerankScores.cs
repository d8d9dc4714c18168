using RagApp.Models.Errors;

namespace RagApp.Models.Providers;

/// <summary>Validates the results of a reranker.</summary>
internal static class RerankScores
{
    /// <summary>Puts scores into the order of the documents; each document must be named once, with a score of 0 to 1.</summary>
    /// <exception cref="ModelException">The results do not fit the documents.</exception>
    public static double[] InOrder(IEnumerable<(int Index, double Score)> results, int count)
    {
        var scores = new double?[count];
        foreach (var (index, score) in results)
        {
            if (index < 0 || index >= count || scores[index] is not null || score is not (>= 0 and <= 1))
                throw new ModelException(ModelError.BadAnswer, "The reranker names documents that it was not given, or scores that do not lie between 0 and 1.");
            scores[index] = score;
        }
        return [.. scores.Select(score => score ?? throw new ModelException(ModelError.BadAnswer, "The reranker left out documents."))];
    }
}
