using System.Globalization;
using RagApp.Benchmarks.Answers;
using RagApp.Embedding.Reading;

namespace RagApp.Benchmarks.Calibration;

/// <summary>Measures calibrations on sets that were left out of their fit, and prints one line per set.</summary>
internal static class CalibrationReport
{
    /// <param name="present">The calibration beside the reader, for comparison.</param>
    public static void Print(TextWriter output, IReadOnlyList<(string Set, IReadOnlyList<JudgedSpan> Examples)> sets, ReaderCalibration present)
    {
        var now = new LogisticFit([present.Answerable, present.Margin, present.Offset]);
        Line(output, $"{"set",-10} {"passages",8} {"right",7} {"AUC",6}   log loss: {"present",8} {"others",8} {"own offset",10}");
        foreach (var (set, examples) in sets)
        {
            var others = sets.Where(other => other.Set != set).Select(other => other.Examples).ToList();
            var fit = others.Count > 0 ? LogisticFit.Over(others) : now;
            Line(output, $"{set,-10} {examples.Count,8} {examples.Count(example => example.IsRight) / (double)examples.Count,7:0.0 %} {AucOf(fit, examples),6:0.000}             {now.LogLoss(examples),8:0.0000} {fit.LogLoss(examples),8:0.0000} {OwnOffset(fit, examples),10:0.0000}");
        }
    }

    private static double AucOf(LogisticFit fit, IReadOnlyList<JudgedSpan> examples) => Abstention.AucOf(
        [.. examples.Where(example => example.IsRight).Select(fit.Probability)], [.. examples.Where(example => !example.IsRight).Select(fit.Probability)]);

    /// <summary>Log loss with an offset found on the other half of the questions.</summary>
    private static double OwnOffset(LogisticFit fit, IReadOnlyList<JudgedSpan> examples)
    {
        var halves = examples.ToLookup(example => example.Question % 2);
        IReadOnlyList<JudgedSpan> even = [.. halves[0]];
        IReadOnlyList<JudgedSpan> odd = [.. halves[1]];
        return ((fit.WithOwnOffset(odd).LogLoss(even) * even.Count) + (fit.WithOwnOffset(even).LogLoss(odd) * odd.Count)) / examples.Count;
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
