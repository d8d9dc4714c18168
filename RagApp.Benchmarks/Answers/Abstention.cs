namespace RagApp.Benchmarks.Answers;

/// <summary>How well questions without an answer are told from those with one; to abstain is the positive case.</summary>
/// <param name="Auc">Chance that a question with an answer has the higher confidence of a pair, 0 to 1.</param>
/// <param name="Precision">Of the questions turned away, the part that has no answer; NaN when none is turned away.</param>
/// <param name="Recall">Of the questions without an answer, the part that is turned away.</param>
/// <param name="BestF1">The best F1 that any threshold gives, and the threshold.</param>
internal sealed record Abstention(double Auc, double Precision, double Recall, (double Value, double Threshold) BestF1)
{
    public double F1 => Harmonic(Precision, Recall);

    /// <param name="answerable">Confidence of each question that has an answer.</param>
    /// <param name="others">Confidence of each that has none.</param>
    public static Abstention Of(IReadOnlyList<double> answerable, IReadOnlyList<double> others, double threshold)
    {
        var (precision, recall) = At(answerable, others, threshold);
        var best = Enumerable.Range(1, 999).Select(step => step / 1000.0)
            .Select(at => (Value: F1At(answerable, others, at), Threshold: at))
            .MaxBy(pair => pair.Value);
        return new Abstention(AucOf(answerable, others), precision, recall, best);
    }

    private static double AucOf(IReadOnlyList<double> answerable, IReadOnlyList<double> others)
    {
        var sorted = others.Order().ToArray();
        return answerable.Average(confidence => (Below(sorted, confidence) + Below(sorted, Math.BitIncrement(confidence))) / 2.0 / sorted.Length);
    }

    /// <summary>How many are below a value.</summary>
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
