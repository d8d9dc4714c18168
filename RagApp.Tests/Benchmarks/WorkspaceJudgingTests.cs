using RagApp.Benchmarks.Workspace;
using RagApp.Contracts.Answers;

namespace RagApp.Tests.Benchmarks;

/// <summary>Rules by which the verb <c>workspace</c> judges answers, and its tables.</summary>
public sealed class WorkspaceJudgingTests
{
    private const string Leave = "handbook/leave.md";
    private const string NotFound = "Not found in your documents.";

    [Theory]
    [InlineData("It takes 13 days [1].", "13", true)]
    [InlineData("It takes 13.", "13", true)]
    [InlineData("It takes 135 days.", "13", false)]
    [InlineData("It takes 13.5 days.", "13", false)]
    [InlineData("It takes 1,513 days.", "513", false)]
    [InlineData("It takes 1,513 days.", "1,513", true)]
    [InlineData("Version 2.13 days", "13 days", false)]
    [InlineData("First 135, then 13.", "13", true)]
    [InlineData("Ask the **head** of\n  _people_.", "Head of people", true)]
    [InlineData("The key is LEAVE_MAX_DAYS.", "leave_max_days", true)]
    [InlineData("the hol\u00ADi\u200Bday\u200E list", "holiday list", true)]
    [InlineData("Everybody has thirty days.", "forty", false)]
    public void AcceptedForm_InAnAnswer_IsComparedByTheRules(string answer, string form, bool expected) =>
        AcceptedForm.IsIn(answer, form).ShouldBe(expected);

    [Theory]
    [InlineData("fact", "There are thirty days.", Outcome.Right)]
    [InlineData("fact", "There are 30 days.", Outcome.Right)]
    [InlineData("fact", "There are forty days.", Outcome.Wrong)]
    [InlineData("list", "There are thirty days.", Outcome.Wrong)]
    [InlineData("list", "There are thirty days, in numbers 30.", Outcome.Right)]
    [InlineData("unanswerable-near", "There are thirty days.", Outcome.Wrong)]
    [InlineData("smalltalk", "There are thirty days.", Outcome.Wrong)]
    public void JudgedAnswer_OfAQuote_DependsOnTheKind(string kind, string text, Outcome expected) =>
        JudgedAnswer.Of(Question(kind), Answer(text, Leave), 1).Outcome.ShouldBe(expected);

    [Theory]
    [InlineData("fact", Outcome.NotFound)]
    [InlineData("list", Outcome.NotFound)]
    [InlineData("unanswerable-near", Outcome.Right)]
    [InlineData("unanswerable-general", Outcome.Right)]
    [InlineData("smalltalk", Outcome.NotFound)]
    public void JudgedAnswer_OfNotFound_DependsOnTheKind(string kind, Outcome expected) =>
        JudgedAnswer.Of(Question(kind), Answer(NotFound) with { Summary = Summary("extractive", found: false) }, 1).Outcome.ShouldBe(expected);

    [Theory]
    [InlineData("fact", Outcome.NotFound)]
    [InlineData("unanswerable-general", Outcome.Right)]
    [InlineData("smalltalk", Outcome.Right)]
    public void JudgedAnswer_OfAReplyWithoutASearch_DependsOnTheKind(string kind, Outcome expected) =>
        JudgedAnswer.Of(Question(kind), Answer("Ask me about your documents.") with { Summary = Summary("router", found: true) }, 1).Outcome.ShouldBe(expected);

    [Fact]
    public void JudgedAnswer_NotFoundThatCites_IsNoAbstention() =>
        JudgedAnswer.Of(Question("unanswerable-near"), Answer(NotFound, Leave) with { Summary = Summary("extractive", found: false) }, 1)
            .Outcome.ShouldBe(Outcome.Wrong);

    [Fact]
    public void JudgedAnswer_LongTextForSmallTalk_IsWrong() =>
        JudgedAnswer.Of(Question("smalltalk"), Answer(new string('a', 501)), 1).Outcome.ShouldBe(Outcome.Wrong);

    [Theory]
    [InlineData(true, Leave, "handbook/other.md")]
    [InlineData(true, $"{Leave}/attachment.pdf")]
    [InlineData(false, "handbook/other.md", Leave)]
    [InlineData(false, $"{Leave}x")]
    [InlineData(false)]
    public void JudgedAnswer_Citations_OnlyTheFirstCounts(bool expected, params string[] cited) =>
        JudgedAnswer.Of(Question("fact"), Answer("thirty", cited), 1).DocumentFirst.ShouldBe(expected);

    [Theory]
    [InlineData(Leave, true)]
    [InlineData($"{Leave}/attachment.pdf", true)]
    [InlineData($"{Leave}.old", false)]
    [InlineData("budget.xlsx", false)]
    public void IsPublic_PathOfADocument_DependsOnTheFileThatHoldsIt(string document, bool expected) =>
        new WorkspaceSet([new(Leave, "public", ""), new($"{Leave}.old", "group:staff", ""), new("budget.xlsx", "group:finance", "")], [])
            .IsPublic(document).ShouldBe(expected);

    [Fact]
    public void Report_OfAnswers_CountsByAimAndByKind()
    {
        JudgedAnswer[] answers =
        [
            Judged("w1", "fact", Outcome.Right, documentFirst: true, milliseconds: 10),
            Judged("w2", "fact", Outcome.Wrong, documentFirst: true, milliseconds: 20),
            Judged("w3", "table", Outcome.NotFound, documentFirst: false, milliseconds: 30),
            Judged("w4", "unanswerable-near", Outcome.Right, documentFirst: false, milliseconds: 40),
        ];
        using var output = new StringWriter();

        new WorkspaceReport(answers, Restricted: 2, Leaked: ["w2"]).Print(output);

        Lines(output).ShouldBe(
        [
            "answered right 1 of 3 33%",
            "right document cited first 2 of 3 67%",
            "wrong without saying so 1 of 3 33%",
            "'not found' though it is there 1 of 3 33%",
            "abstained on unanswerable-near 1 of 1 100%",
            "right cell of a table 0 of 1 0%",
            "restricted document shown to a person in no group 1 of 2 w2",
            "kind n right wrong not found right document first",
            "fact 2 1 1 0 2",
            "table 1 0 0 1 0",
            "unanswerable-near 1 1 0 0 -",
            "time of an answer (4): p50 30 ms, p95 40 ms",
        ]);
    }

    [Fact]
    public void Details_OfAnswers_NameWhatWentWrong()
    {
        using var output = new StringWriter();

        new WorkspaceReport(
            [Judged("w1", "fact", Outcome.Right, documentFirst: true), Judged("w2", "fact", Outcome.Wrong, documentFirst: false)], 0, []).PrintDetails(output);

        Lines(output).ShouldBe(
        [
            "w2 fact: wrong, another document first",
            "asked How much leave is there?",
            $"expected thirty | 30 ({Leave})",
            "cited handbook/other.md",
            $"answered {new string('a', 200)}…",
        ]);
    }

    [Fact]
    public void Changes_BetweenTwoRuns_AreThoseOfOutcomeAndDocument()
    {
        var changes = AnswerChanges.Between(
            [
                Judged("w1", "fact", Outcome.Wrong, documentFirst: true),
                Judged("w2", "fact", Outcome.Right, documentFirst: true),
                Judged("w3", "fact", Outcome.Right, documentFirst: true),
                Judged("w4", "fact", Outcome.Right, documentFirst: true),
            ],
            [
                Judged("w1", "fact", Outcome.NotFound, documentFirst: false),
                Judged("w2", "fact", Outcome.Right, documentFirst: false),
                Judged("w3", "fact", Outcome.Right, documentFirst: true),
                Judged("w5", "fact", Outcome.Right, documentFirst: true),
            ]);

        changes.Better.Select(change => change.After.Question.Id).ShouldBe(["w1"]);
        changes.Worse.Select(change => change.After.Question.Id).ShouldBe(["w2"]);
        changes.Same.ShouldBe(1);
    }

    private static WorkspaceQuestion Question(string kind, string id = "w1") =>
        new(id, kind, "How much leave is there?", History: null, kind is "fact" or "list" or "table" ? ["thirty", "30"] : [], kind is "fact" or "list" or "table" ? Leave : null, Page: null);

    private static JudgedAnswer Judged(string id, string kind, Outcome outcome, bool documentFirst, double milliseconds = 1) =>
        new(Question(kind, id), outcome, documentFirst, milliseconds, Answer(new string('a', 300), documentFirst ? Leave : "handbook/other.md"));

    private static AnswerResponse Answer(string text, params string[] cited) => new(
        text,
        [.. cited.Select((path, at) => new Citation(at + 1, DocumentId: path, Version: 1, Ordinal: 0, Title: path, path, Section: "", Page: null, Quote: text))],
        Summary("extractive", found: true));

    private static AnswerSummary Summary(string answerer, bool found) =>
        new(answerer, Model: null, found, PassagesUsed: 0, PassagesLeftOut: 0, PromptTokens: null, CompletionTokens: null, TraceId: null);

    /// <summary>Printed lines without the empty ones, each run of spaces as one.</summary>
    private static IEnumerable<string> Lines(StringWriter output) =>
        output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
