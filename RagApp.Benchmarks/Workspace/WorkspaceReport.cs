using System.Globalization;

namespace RagApp.Benchmarks.Workspace;

/// <summary>Results for a workspace; <see cref="Print"/> writes them as tables.</summary>
/// <param name="Restricted">Number of questions about restricted files, which a person in no group asked too.</param>
/// <param name="Leaked">Ids of those to which this person was shown a restricted document.</param>
internal sealed record WorkspaceReport(IReadOnlyList<JudgedAnswer> Answers, int Restricted, IReadOnlyList<string> Leaked)
{
    private const int Excerpt = 200;

    public void Print(TextWriter output)
    {
        var answerable = Answers.Where(answer => answer.Question.IsAnswerable).ToList();
        Row(output, "answered right", answerable, IsRight);
        Row(output, "right document cited first", answerable, answer => answer.DocumentFirst);
        Row(output, "wrong without saying so", answerable, answer => answer.Outcome == Outcome.Wrong);
        Row(output, "'not found' though it is there", answerable, answer => answer.Outcome == Outcome.NotFound);
        Row(output, "abstained on unanswerable-general", OfKind("unanswerable-general"), IsRight);
        Row(output, "abstained on unanswerable-near", OfKind("unanswerable-near"), IsRight);
        Row(output, "right in another language than the document", OfKind("other-language"), IsRight);
        Row(output, "right cell of a table", OfKind("table"), IsRight);
        if (Restricted > 0)
            Line(output, $"{"restricted document shown to a person in no group",-50}{Leaked.Count,4} of {Restricted,3}  {string.Join(", ", Leaked)}");
        PrintKinds(output);
        PrintTimes(output);
    }

    /// <summary>Writes what went wrong, question by question.</summary>
    public void PrintDetails(TextWriter output)
    {
        foreach (var judged in Answers.Where(answer => !IsRight(answer) || answer.CitesAnother))
        {
            var (question, answer) = (judged.Question, judged.Answer);
            Line(output, $"");
            Line(output, $"{question.Id} {question.Kind}: {NameOf(judged)}");
            Line(output, $"  asked     {question.Question}");
            Line(output, $"  expected  {(question.Document is { } document ? $"{string.Join(" | ", question.Answers)} ({Place(document, question.Page)})" : "no answer")}");
            Line(output, $"  cited     {(answer.Citations is [var first, ..] ? Place(first.Path, first.Page) : "nothing")}");
            Line(output, $"  answered  {Shortened(answer.Text)}");
        }
    }

    public static string NameOf(JudgedAnswer answer) => answer.Outcome switch
    {
        Outcome.Right => "right",
        Outcome.NotFound => "not found",
        _ => "wrong",
    } + (answer.CitesAnother ? ", another document first" : "");

    private static bool IsRight(JudgedAnswer answer) => answer.Outcome == Outcome.Right;

    private List<JudgedAnswer> OfKind(string kind) => [.. Answers.Where(answer => answer.Question.Kind == kind)];

    private static void Row(TextWriter output, string name, List<JudgedAnswer> answers, Func<JudgedAnswer, bool> counts)
    {
        if (answers.Count == 0)
            return;
        var count = answers.Count(counts);
        Line(output, $"{name,-50}{count,4} of {answers.Count,3}  {(double)count / answers.Count,5:0%}");
    }

    private void PrintKinds(TextWriter output)
    {
        Line(output, $"");
        Line(output, $"{"kind",-22}{"n",4}{"right",7}{"wrong",7}{"not found",11}{"right document first",22}");
        foreach (var kind in Answers.GroupBy(answer => answer.Question.Kind, StringComparer.Ordinal))
        {
            var documents = kind.First().Question.IsAnswerable ? kind.Count(answer => answer.DocumentFirst).ToString(CultureInfo.InvariantCulture) : "-";
            Line(output, $"{kind.Key,-22}{kind.Count(),4}{Count(Outcome.Right),7}{Count(Outcome.Wrong),7}{Count(Outcome.NotFound),11}{documents,22}");

            int Count(Outcome outcome) => kind.Count(answer => answer.Outcome == outcome);
        }
    }

    private void PrintTimes(TextWriter output)
    {
        var times = Answers.Select(answer => answer.Milliseconds).Order().ToList();
        Line(output, $"");
        Line(output, $"time of an answer ({times.Count}): p50 {times[times.Count / 2]:0} ms, p95 {times[times.Count * 95 / 100]:0} ms");
    }

    private static string Place(string path, int? page) => page is null ? path : string.Create(CultureInfo.InvariantCulture, $"{path}, page {page}");

    private static string Shortened(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Excerpt ? line : $"{line[..Excerpt]}…";
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
