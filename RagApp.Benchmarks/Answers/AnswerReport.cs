using System.Globalization;

namespace RagApp.Benchmarks.Answers;

/// <summary>Results for one question set; <see cref="Print"/> writes them as text.</summary>
/// <param name="Contained">Share of the questions whose answer is in the first 1, 2 and 3 quotes.</param>
/// <param name="Length">Mean length of the quotes of an answer together, in characters.</param>
/// <param name="Confidence">Confidence of each question that has an answer.</param>
/// <param name="Without">Confidence of the questions that have no answer, grouped by kind of question.</param>
/// <param name="Times">Times of a sample of answers, without the search for passages.</param>
internal sealed record AnswerReport(
    string Name,
    int Questions,
    IReadOnlyList<double> Contained,
    double Length,
    IReadOnlyList<double> Confidence,
    IReadOnlyList<(string Kind, IReadOnlyList<double> Confidence)> Without,
    AnswerTimes Times)
{
    public void Print(TextWriter output, double threshold)
    {
        Line(output, $"{Name}: {Questions:N0} questions; the answer is in the first 1, 2, 3 quotes: {string.Join(", ", Contained.Select(part => part.ToString("0.0 %", CultureInfo.InvariantCulture)))}; {Length:0} characters");
        Line(output, $"  turned away at {threshold:0.##} though answerable: {Confidence.Count(value => value < threshold) / (double)Confidence.Count:0.0 %}");
        foreach (var (kind, confidence) in Without)
        {
            var told = Abstention.Of(Confidence, confidence, threshold);
            Line(output, $"  {kind} ({confidence.Count:N0}): AUC {told.Auc:0.000}; precision {told.Precision:0.000}, recall {told.Recall:0.000}, F1 {told.F1:0.000}; best F1 {told.BestF1.Value:0.000} at {told.BestF1.Threshold:0.###}");
        }
        if (Times.Answers.Count > 0)
            Line(output, $"  time per answer ({Times.Answers.Count}, without the search): {Quantiles(Times.Answers)}{(Times.Readings.Count > 0 ? $"; reading: {Quantiles(Times.Readings)}" : "")}");
    }

    private static string Quantiles(IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Count / 2]:0} ms, p95 {sorted[sorted.Count * 95 / 100]:0} ms");
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
