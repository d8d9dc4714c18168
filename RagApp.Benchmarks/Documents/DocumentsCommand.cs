using System.IO.Enumeration;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing;

namespace RagApp.Benchmarks.Documents;

/// <summary>
/// The verb <c>documents</c>: every file of a corpus through the parser that the service uses, with its limits,
/// scored against the corpus's manifest.
/// </summary>
internal static class DocumentsCommand
{
    public const string Verb = "documents";

    private const int UsageError = 64;

    private const string Help = """
        usage: documents --data DIR [--format F] [--files PATTERN] [--json FILE]

        Reads the files of DIR/manifest.csv in parser children with the service's limits and prints a table.
        Settings of the parser come from the environment, as for the service: Parser__MemoryMiB=256.

          --data DIR       folder with manifest.csv
          --format F       only files of this format (the manifest's word: pdf, docx, ...)
          --files PATTERN  only files whose path matches, for example 'hostile/*'
          --json FILE      one line of JSON per file as well

        Exit code: 0 when the aims are met, 1 when not, 64 wrong usage.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }
        try
        {
            var options = VerbOptions.Read(args, "--data", "--format", "--files", "--json");
            var folder = options.Folder("--data");
            var rows = ManifestRow.ReadAll(folder).Where(row => IsWanted(row, options)).ToList();
            if (rows.Count == 0)
                throw new UsageException("No file of the manifest is of that kind.");
            return await ScoreAsync(folder, rows, options["--json"]);
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{Help}");
            return UsageError;
        }
    }

    private static bool IsWanted(ManifestRow row, VerbOptions options) =>
        (options["--format"] is not { } format || row.Format == format)
        && (options["--files"] is not { } pattern || FileSystemName.MatchesSimpleExpression(pattern, row.Path));

    private static async Task<int> ScoreAsync(string folder, List<ManifestRow> rows, string? json)
    {
        await using var services = Services();
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

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddParsing();
        return services.BuildServiceProvider();
    }
}
