namespace RagApp.Benchmarks.Documents;

/// <summary>Report on the scores: a table by format, a list of the wrong results, and a comparison with the targets.</summary>
internal sealed class DocumentReport(IReadOnlyList<DocumentScore> scores, int memoryMiB)
{
    private const double TextAim = 0.97;

    public double Terminal => Share(scores, score => score.Terminal);

    /// <summary>Share of the files with text for which the parser returned that text.</summary>
    public double Text => Share(Rows(Expectation.Text), score => score.Right);

    public long PeakMiB => ToMiB(scores.Max(score => score.PeakMemory));

    private IEnumerable<DocumentScore> Wrong => scores.Where(score => !score.Right);

    private bool AllErrorsAllowed => scores.All(score => score.Right || !score.Row.Expectation.StartsWith("error:", StringComparison.Ordinal));

    public bool MeetsTheAims => Terminal >= 1 && PeakMiB <= memoryMiB && Text >= TextAim && AllErrorsAllowed;

    public void Print(TextWriter output)
    {
        output.WriteLine($"{"format",-8} {"files",6} {"right",6} {"wrong",6} {"peak MiB",9} {"p50 ms",8} {"max ms",8}");
        foreach (var format in scores.GroupBy(score => score.Row.Format).OrderBy(group => group.Key, StringComparer.Ordinal))
            output.WriteLine(Line(format.Key, [.. format]));
        output.WriteLine(Line("all", scores));
        foreach (var score in Wrong)
            output.WriteLine($"wrong: {score.Row.Path}: expected {score.Row.Expectation}, came {score.Came}: {score.Detail}");
        output.WriteLine();
        foreach (var line in Summary())
            output.WriteLine(line);
    }

    private IEnumerable<string> Summary()
    {
        yield return Number($"terminal status  {Terminal:P1} of {scores.Count} files (aim 100 %), service crashes {scores.Count(score => !score.Terminal)} (aim 0)");
        yield return Number($"peak memory      {PeakMiB} MiB (limit {memoryMiB})");
        foreach (var rows in scores.GroupBy(score => score.Row.Expectation).OrderByDescending(group => group.Count()))
        {
            var aim = rows.Key switch { Expectation.Text => " (aim 97 %)", Expectation.Empty => "", _ => " (aim 100 %)" };
            yield return Number($"{rows.Key,-16} {rows.Count(score => score.Right)} of {rows.Count()} right, {Share([.. rows], score => score.Right):P1}{aim}");
        }
        yield return MeetsTheAims ? "all aims met" : "aims missed";
    }

    private List<DocumentScore> Rows(string expectation) => [.. scores.Where(score => score.Row.Expectation == expectation)];

    private static string Line(string name, IReadOnlyList<DocumentScore> scores)
    {
        var times = scores.Select(score => score.Time.TotalMilliseconds).Order().ToList();
        var right = scores.Count(score => score.Right);
        return Number($"{name,-8} {scores.Count,6} {right,6} {scores.Count - right,6} {ToMiB(scores.Max(score => score.PeakMemory)),9} {times[times.Count / 2],8:0} {times[^1],8:0}");
    }

    private static double Share(IReadOnlyCollection<DocumentScore> scores, Func<DocumentScore, bool> holds) =>
        scores.Count == 0 ? 1 : (double)scores.Count(holds) / scores.Count;

    private static long ToMiB(long bytes) => bytes >> 20;

    private static string Number(FormattableString text) => FormattableString.Invariant(text);
}
