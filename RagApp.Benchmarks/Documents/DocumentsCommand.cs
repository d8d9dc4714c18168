using System.CommandLine;
using System.IO.Enumeration;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Benchmarks.Services;
using RagApp.Ingestion.Parsing;
using ParseResult = System.CommandLine.ParseResult;

namespace RagApp.Benchmarks.Documents;

/// <summary>
/// The verb <c>documents</c>: parses every file of a corpus with the service's parser and limits, and scores the results
/// against the corpus's manifest.
/// </summary>
internal static class DocumentsCommand
{
    private static readonly Option<DirectoryInfo> Data = VerbOptions.Data("The folder with manifest.csv.");
    private static readonly Option<string?> Format = VerbOptions.Text("--format", "F", "Only files of this format (the manifest's word: pdf, docx, ...).");
    private static readonly Option<string?> Files = VerbOptions.Text("--files", "PATTERN", "Only files whose path matches, for example 'hostile/*'.");
    private static readonly Option<string?> Json = VerbOptions.Text("--json", "FILE", "One line of JSON per file as well.");

    public static Command Create()
    {
        var command = new Command(
            "documents",
            """
            Reads every file of a corpus through the real parser and scores what comes out.

            Reads the files of manifest.csv in parser children with the service's limits and prints a table. Settings of the
            parser come from the environment, as for the service: Parser__MemoryMiB=256. Exit code 1: an aim is missed.
            """) { Data, Format, Files, Json };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(Data).FullName;
        var rows = ManifestRow.ReadAll(folder).Where(row => IsWanted(row, parsed)).ToList();
        return rows.Count > 0
            ? await ScoreAsync(folder, rows, parsed.GetValue(Json))
            : throw new UsageException("No file of the manifest is of that kind.");
    }

    private static bool IsWanted(ManifestRow row, ParseResult parsed) =>
        (parsed.GetValue(Format) is not { } format || row.Format == format)
        && (parsed.GetValue(Files) is not { } pattern || FileSystemName.MatchesSimpleExpression(pattern, row.Path));

    private static async Task<int> ScoreAsync(string folder, List<ManifestRow> rows, string? json)
    {
        await using var services = ParserServices.Create();
        var scorer = ActivatorUtilities.CreateInstance<DocumentScorer>(services);
        var scores = new List<DocumentScore>();
        foreach (var row in rows)
            scores.Add(await scorer.ScoreAsync(folder, row, CancellationToken.None));

        var report = new DocumentReport(scores, services.GetRequiredService<IOptions<ParserOptions>>().Value.MemoryMiB);
        report.Print(Console.Out);
        if (json is not null)
            await File.WriteAllLinesAsync(json, scores.Select(score => JsonSerializer.Serialize(score)));
        return report.MeetsTheAims ? 0 : 1;
    }
}
