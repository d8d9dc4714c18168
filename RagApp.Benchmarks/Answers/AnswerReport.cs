using System.Globalization;

namespace RagApp.Benchmarks.Answers;

/// <summary>What was measured on one set, as a table.</summary>
/// <param name="Contained">Part of the questions whose answer is in the first 1, 2, 3 sentences.</param>
/// <param name="Confidence">Of each question that has an answer.</param>
/// <param name="Without">Confidence of the questions without an answer, by what they are.</param>
/// <param name="Times">Of some answers, once their passages are found.</param>
internal sealed record AnswerReport(
    string Name,
    int Questions,
    IReadOnlyList<double> Contained,
    IReadOnlyList<double> Confidence,
    IReadOnlyList<(string Kind, IReadOnlyList<double> Confidence)> Without,
    IReadOnlyList<TimeSpan> Times)
{
    public void Print(TextWriter output, double threshold)
    {
        var times = Times.Select(time => time.TotalMilliseconds).Order().ToList();
        Line(output, $"{Name}: {Questions:N0} questions; the answer is in the first 1, 2, 3 sentences: {string.Join(", ", Contained.Select(part => part.ToString("0.0 %", CultureInfo.InvariantCulture)))}");
        Line(output, $"  turned away at {threshold:0.##} though answerable: {Confidence.Count(value => value < threshold) / (double)Confidence.Count:0.0 %}");
        foreach (var (kind, confidence) in Without)
        {
            var told = Abstention.Of(Confidence, confidence, threshold);
            Line(output, $"  {kind} ({confidence.Count:N0}): AUC {told.Auc:0.000}; precision {told.Precision:0.000}, recall {told.Recall:0.000}, F1 {told.F1:0.000}; best F1 {told.BestF1.Value:0.000} at {told.BestF1.Threshold:0.###}");
        }
        Line(output, $"  time per answer ({times.Count}, without the search): p50 {times[times.Count / 2]:0} ms, p95 {times[times.Count * 95 / 100]:0} ms");
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
