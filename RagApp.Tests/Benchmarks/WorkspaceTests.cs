using System.Diagnostics;
using System.Text.Json;
using RagApp.Benchmarks.Workspace;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Benchmarks;

/// <summary>The verb <c>workspace</c> as a process: the services with the sample documents, and questions about them.</summary>
public sealed class WorkspaceTests : IDisposable
{
    /// <summary>Access of the sample documents, by file name.</summary>
    private static readonly IReadOnlyDictionary<string, string> Access = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acme-travel-policy.pdf"] = "public",
        ["acme-leave-handbook.html"] = "public",
        ["acme-staff-note.md"] = "group:staff",
        ["acme-budget-2027.docx"] = "group:finance",
    };

    private static readonly IReadOnlyList<WorkspaceQuestion> Questions =
    [
        Question("s1", "fact", "How much does Acme pay for a hotel night in Zurich?", "acme-travel-policy.pdf", "１９０ ｅｕｒｏ"), // wide letters, the same in form NFKC
        Question("s2", "fact", "How many days of holiday does everyone have?", "acme-leave-handbook.html", "28 days"),
        Question("s3", "date", "When did the board approve the budget?", "acme-budget-2027.docx", "18 November 2026"),
        Question("s4", "fact", "Which floor does engineering sit on?", "acme-staff-note.md", "third floor"),
        Question("s5", "table", "How many days off with pay are there after the death of a parent?", "acme-leave-handbook.html", "5"),
        Question("s6", "followup", "And in London?", "acme-travel-policy.pdf", "190 euro") with
        {
            History = [new WorkspaceTurn("How much does Acme pay for a hotel night?", "Up to 140 euro a night, breakfast included.")],
        },
        Question("s7", "unanswerable-general", "Who painted the ceiling of the Sistine Chapel?", document: null),
        Question("s8", "smalltalk", "Hello!", document: null),
    ];

    private readonly TemporaryFolder _corpus = new();
    private readonly TemporaryFolder _data = new();

    private string Set => Path.Combine(_corpus.Path, "set");

    private string Answers => Path.Combine(_corpus.Path, "answers.jsonl");

    [Fact]
    public async Task Workspace_SampleDocuments_AreAnsweredAndNotUploadedAgain()
    {
        WriteSet();

        var first = await RunAsync("--json", Answers);
        var answers = AnswerChanges.Read(Answers);

        first.ExitCode.ShouldBe(0, first.Output);
        first.Output.ShouldContain("4 of 4 files uploaded");
        first.Output.ShouldContain("restricted document shown to a person in no group    0 of   2");
        answers.Select(answer => answer.Question.Id).ShouldBe(Questions.Select(question => question.Id));
        answers.Single(answer => answer.Question.Id == "s1").Outcome.ShouldBe(Outcome.Right, first.Output);
        answers.Count(answer => answer.Outcome == Outcome.Right).ShouldBeGreaterThanOrEqualTo(7, first.Output);
        answers.Count(answer => answer.DocumentFirst).ShouldBeGreaterThanOrEqualTo(5, first.Output);

        var second = await RunAsync("--kinds", "fact,date", "--details", "--compare", Answers);

        second.ExitCode.ShouldBe(0, second.Output);
        second.Output.ShouldContain("0 of 4 files uploaded");
        second.Output.ShouldContain("the same: 4");
    }

    /// <summary>Small files with headings, dates, codes and names in several forms, and questions whose words the files do not have.</summary>
    [Fact]
    public async Task Workspace_Cases_AreAnsweredRight()
    {
        var run = await RunOnAsync(Path.Combine(Repository.Root, "RagApp.Tests", "Benchmarks", "Cases"), "--details", "--json", Answers);

        run.ExitCode.ShouldBe(0, run.Output);
        AnswerChanges.Read(Answers).Where(answer => answer.Outcome != Outcome.Right).Select(answer => answer.Question.Id).ShouldBeEmpty(run.Output);
    }

    [Fact]
    public async Task Workspace_FileThatIsMissing_SaysWhichOne()
    {
        WriteSet();
        File.Delete(Path.Combine(_corpus.Path, "acme-staff-note.md"));

        var run = await RunAsync();

        run.ExitCode.ShouldBe(64);
        run.Output.ShouldContain("acme-staff-note.md");
    }

    [Fact]
    public async Task Workspace_KindThatDoesNotExist_IsRefused()
    {
        WriteSet();

        var run = await RunAsync("--kinds", "fact,tables");

        run.ExitCode.ShouldBe(64);
        run.Output.ShouldContain("There is no such question: 'tables'.");
    }

    public void Dispose()
    {
        _corpus.Dispose();
        _data.Dispose();
    }

    private static WorkspaceQuestion Question(string id, string kind, string question, string? document, params string[] answers) =>
        new(id, kind, question, History: null, answers, document, Page: null);

    private void WriteSet()
    {
        foreach (var file in Access.Keys)
            File.Copy(Path.Combine(Repository.Root, "RagApp.Ingestion", "Samples", "Files", file), Path.Combine(_corpus.Path, file));
        Directory.CreateDirectory(Set);
        File.WriteAllLines(Path.Combine(Set, "files.csv"), ["path,access,title", .. Access.Select(file => $"{file.Key},{file.Value},\"A title, in two parts\"")]);
        File.WriteAllLines(
            Path.Combine(Set, "questions.jsonl"), Questions.Select(question => JsonSerializer.Serialize(question, WorkspaceJson.Readable.WorkspaceQuestion)));
    }

    /// <summary>Runs the verb on the set and the data folder; returns what it wrote to both streams.</summary>
    private Task<(int ExitCode, string Output)> RunAsync(params string[] options) => RunOnAsync(Set, options);

    private async Task<(int ExitCode, string Output)> RunOnAsync(string set, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltOutput("RagApp.Benchmarks"), "workspace", set, "--data", _data.Path, .. options])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await using var end = Cancellation.Register(() => process.Kill(entireProcessTree: true));
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, string.Join('\n', texts));
    }
}
