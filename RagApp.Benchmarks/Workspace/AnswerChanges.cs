using System.Globalization;
using System.Text.Json;

namespace RagApp.Benchmarks.Workspace;

/// <summary>Questions whose answers became better or worse since an earlier run.</summary>
internal sealed record AnswerChanges(IReadOnlyList<AnswerChange> Better, IReadOnlyList<AnswerChange> Worse, int Same)
{
    public static IReadOnlyList<JudgedAnswer> Read(string file) =>
        [.. File.ReadLines(file).Select(line => JsonSerializer.Deserialize(line, WorkspaceJson.Readable.JudgedAnswer)!)];

    /// <summary>Compares the questions that both runs asked.</summary>
    public static AnswerChanges Between(IReadOnlyList<JudgedAnswer> before, IReadOnlyList<JudgedAnswer> after)
    {
        var earlier = before.ToDictionary(answer => answer.Question.Id, StringComparer.Ordinal);
        var both = after.Where(answer => earlier.ContainsKey(answer.Question.Id))
            .Select(answer => new AnswerChange(earlier[answer.Question.Id], answer)).ToList();
        return new AnswerChanges(
            [.. both.Where(change => change.Sign > 0)], [.. both.Where(change => change.Sign < 0)], both.Count(change => change.Sign == 0));
    }

    public void Print(TextWriter output)
    {
        foreach (var (name, changes) in (ReadOnlySpan<(string, IReadOnlyList<AnswerChange>)>)[("better", Better), ("worse", Worse)])
        {
            Line(output, $"");
            Line(output, $"{name}: {changes.Count}");
            foreach (var (before, after) in changes)
                Line(output, $"  {after.Question.Id} {after.Question.Kind,-20} {WorkspaceReport.NameOf(before)} -> {WorkspaceReport.NameOf(after)}: {after.Question.Question}");
        }
        Line(output, $"the same: {Same}");
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Two answers to one question.</summary>
internal sealed record AnswerChange(JudgedAnswer Before, JudgedAnswer After)
{
    /// <summary>Above 0 when the later answer is better, below 0 when it is worse: by its outcome, then by the document cited first.</summary>
    public int Sign => (After.Outcome, After.DocumentFirst).CompareTo((Before.Outcome, Before.DocumentFirst));
}
