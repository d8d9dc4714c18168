using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RagApp.Contracts.Documents;

namespace RagApp.Benchmarks.Workspace;

/// <summary>The verb <c>workspace</c>: puts the questions of a folder of very different files to the whole system, and judges the answers.</summary>
internal static class WorkspaceCommand
{
    private static readonly Argument<DirectoryInfo> Folder =
        new Argument<DirectoryInfo>("folder") { Description = "The workspace: files.csv and questions.jsonl, in the corpus that has the files." }.AcceptExistingOnly();

    private static readonly Option<string?> Data = VerbOptions.Text(
        "--data", "DIR", "Data folder of the services, which stays; what it already holds is not uploaded again. A temporary one by default.");

    private static readonly Option<string?> Kinds = VerbOptions.Text("--kinds", "A,B", "Only questions of these kinds.");
    private static readonly Option<string?> Ids = VerbOptions.Text("--ids", "A,B", "Only questions with these ids.");
    private static readonly Option<bool> Details = new("--details") { Description = "Print what went wrong, question by question." };
    private static readonly Option<string?> Json = VerbOptions.Text("--json", "FILE", "Write each question with its whole answer to a file, one JSON object a line.");

    private static readonly Option<FileInfo> Compare = new Option<FileInfo>("--compare")
    {
        Description = "Such a file of an earlier run: list the questions that became better or worse.",
        HelpName = "FILE",
    }.AcceptExistingOnly();

    public static Command Create()
    {
        var command = new Command(
            "workspace",
            """
            Measures how many questions about a folder of very different files are answered right, end to end.

            Starts the real services (cache, embedding, ingestion, query router, gateway) on free loopback ports, uploads
            the files through the gateway, asks every question as a person who is in all groups, and judges the answers. A
            person who is in no group asks the questions about restricted files as well, and must be shown none of them.

            With --data the files are ingested once and asked about many times. After a change of how files are parsed, cut,
            embedded or indexed, take a new folder. One run at a time uses a data folder; a copy of it serves a second run.

            An answerable question is right when the answer holds an accepted form (all of them for a list), 'not found' when
            it says that the documents do not answer, and wrong otherwise. A question without an answer is right when
            the answer says so and cites nothing; small talk when the reply is short and cites nothing.

            Exit code 1: a restricted document was shown to somebody who may not read it.
            """) { Folder, Data, Kinds, Ids, Details, Json, Compare };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var set = WorkspaceSet.Read(parsed.GetRequiredValue(Folder).FullName);
        var ofKinds = Chosen([.. set.Questions], parsed.GetValue(Kinds), question => question.Kind);
        var questions = Chosen(ofKinds, parsed.GetValue(Ids), question => question.Id);
        var before = parsed.GetValue(Compare) is { } file ? AnswerChanges.Read(file.FullName) : null;
        var kept = parsed.GetValue(Data);
        var data = kept is null ? Directory.CreateTempSubdirectory("ragapp-workspace-") : Directory.CreateDirectory(kept);
        try
        {
            var report = await MeasureAsync(set, questions, data.FullName, parsed.GetValue(Json), cancellationToken);
            report.Print(Console.Out);
            if (parsed.GetValue(Details))
                report.PrintDetails(Console.Out);
            if (before is not null)
                AnswerChanges.Between(before, report.Answers).Print(Console.Out);
            return report.Leaked.Count == 0 ? 0 : 1;
        }
        finally
        {
            if (kept is null)
                data.Delete(recursive: true);
        }
    }

    /// <summary>The questions that an option with names chooses; all without the option.</summary>
    private static List<WorkspaceQuestion> Chosen(List<WorkspaceQuestion> questions, string? names, Func<WorkspaceQuestion, string> nameOf)
    {
        if (names?.Split(',') is not { } wanted)
            return questions;
        return Array.Find(wanted, name => questions.TrueForAll(question => nameOf(question) != name)) is { } unknown
            ? throw new UsageException($"There is no such question: '{unknown}'.")
            : questions.FindAll(question => wanted.Contains(nameOf(question)));
    }

    private static async Task<WorkspaceReport> MeasureAsync(
        WorkspaceSet set, List<WorkspaceQuestion> questions, string data, string? json, CancellationToken cancellationToken)
    {
        using var bench = await WorkspaceBench.StartAsync(set, data, cancellationToken);
        await IngestAsync(bench, set.Files.Count, cancellationToken);
        await using var lines = json is null ? TextWriter.Null : new StreamWriter(json);
        var answers = new List<JudgedAnswer>();
        foreach (var question in questions)
        {
            answers.Add(await bench.AskAsync(question, cancellationToken));
            await lines.WriteLineAsync(JsonSerializer.Serialize(answers[^1], WorkspaceJson.Readable.JudgedAnswer));
            SayAtSteps(answers.Count, questions.Count, "questions asked");
        }
        var restricted = questions.Where(question => question.Document is { } document && !set.IsPublic(document)).ToList();
        var leaked = new List<string>();
        for (var asked = 0; asked < restricted.Count; asked++)
        {
            if (await bench.LeaksAsync(restricted[asked], cancellationToken))
                leaked.Add(restricted[asked].Id);
            SayAtSteps(asked + 1, restricted.Count, "questions asked by a person in no group");
        }
        return new WorkspaceReport(answers, restricted.Count, leaked);
    }

    private static async Task IngestAsync(WorkspaceBench bench, int files, CancellationToken cancellationToken)
    {
        Say($"{await bench.UploadAsync(cancellationToken)} of {files} files uploaded");
        var documents = await bench.SettleAsync(new Progress<int>(done => Say($"{done} of {files} files processed")), cancellationToken);
        foreach (var document in documents.Where(document => document.Status != DocumentStatus.Indexed))
            Say($"{document.Path}: {document.Status}. {document.Reason}");
    }

    private static void SayAtSteps(int done, int of, string what)
    {
        const int Step = 20;
        if (done % Step == 0 || done == of)
            Say($"{done} of {of} {what}");
    }

    /// <summary>Writes progress to standard error, so that it does not mix with the result on standard output.</summary>
    private static void Say(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
