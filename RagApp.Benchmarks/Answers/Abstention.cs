namespace RagApp.Benchmarks.Answers;

/// <summary>
/// Quality of abstention: the decision not to answer a question that the documents do not answer. To abstain is the positive
/// class.
/// </summary>
/// <param name="Auc">
/// Area under the ROC curve: the probability that an answerable question has a higher confidence than an unanswerable one, 0 to
/// 1.
/// </param>
/// <param name="Precision">Share of the rejected questions that have no answer; NaN when no question is rejected.</param>
/// <param name="Recall">Share of the questions without an answer that are rejected.</param>
/// <param name="BestF1">Highest F1 over all thresholds, and the threshold that gives it.</param>
internal sealed record Abstention(double Auc, double Precision, double Recall, (double Value, double Threshold) BestF1)
{
    public double F1 => Harmonic(Precision, Recall);

    /// <param name="answerable">Confidence of each question that has an answer.</param>
    /// <param name="others">Confidence of each question that has no answer.</param>
    public static Abstention Of(IReadOnlyList<double> answerable, IReadOnlyList<double> others, double threshold)
    {
        var (precision, recall) = At(answerable, others, threshold);
        var best = Enumerable.Range(1, 999).Select(step => step / 1000.0)
            .Select(at => (Value: F1At(answerable, others, at), Threshold: at))
            .MaxBy(pair => pair.Value);
        return new Abstention(AucOf(answerable, others), precision, recall, best);
    }

    public static double AucOf(IReadOnlyList<double> answerable, IReadOnlyList<double> others)
    {
        var sorted = others.Order().ToArray();
        return answerable.Average(confidence => (Below(sorted, confidence) + Below(sorted, Math.BitIncrement(confidence))) / 2.0 / sorted.Length);
    }

    /// <summary>Number of values below <paramref name="value"/>.</summary>
    private static int Below(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private static (double Precision, double Recall) At(IReadOnlyList<double> answerable, IReadOnlyList<double> others, double threshold)
    {
        var right = others.Count(confidence => confidence < threshold);
        var wrong = answerable.Count(confidence => confidence < threshold);
        return ((double)right / (right + wrong), (double)right / others.Count);
    }

    private static double F1At(IReadOnlyList<double> answerable, IReadOnlyList<double> others, double threshold)
    {
        var (precision, recall) = At(answerable, others, threshold);
        return Harmonic(precision, recall);
    }

    private static double Harmonic(double precision, double recall) =>
        precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}
