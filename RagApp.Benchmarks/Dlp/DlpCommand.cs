using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Dlp;
using RagApp.Dlp.Text;

namespace RagApp.Benchmarks.Dlp;

/// <summary>The verb <c>dlp</c>: precision and recall of every detector on a generated set, and the detectors' findings in real texts.</summary>
internal static class DlpCommand
{
    private const int Seed = 7;
    private const double Million = 1_000_000;

    private static readonly Option<DirectoryInfo> Text = VerbOptions.Folder("--text", "The folder whose .md, .txt and .jsonl files are scanned.");
    private static readonly Option<string?> Show = VerbOptions.Text("--show", "DETECTOR", "Prints what this one finds there: only for texts that are public.");

    public static Command Create()
    {
        var command = new Command(
            "dlp",
            """
            Measures precision and recall of the detectors of confidential data, and what they find in texts.

            Scores the detectors on a set made by code, then counts what they find in the texts of a folder.
            """) { Text, Show };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var scanner = CreateScanner();
        Score(scanner);
        if (parsed.GetValue(Text) is { } folder)
            await CountAsync(scanner, folder.FullName, parsed.GetValue(Show));
        return 0;
    }

    public static Scanner CreateScanner()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        services.AddDetectors();
        return services.BuildServiceProvider().GetRequiredService<Scanner>();
    }

    private static void Score(Scanner scanner)
    {
        var set = LabelledSet.Make(Seed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Count:N0} texts, {set.Count(text => text.Detector is null):N0} of them look-alikes"));
        Console.WriteLine("| detector | right | missed | wrong | precision | recall |\n|---|---|---|---|---|---|");
        foreach (var detector in scanner.Detectors.Order(StringComparer.Ordinal))
        {
            var found = set.ToLookup(text => (Is: text.Detector == detector, Found: scanner.Scan(new ScannedText([text.Text]), [detector]).Count > 0));
            var (right, missed, wrong) = (found[(true, true)].Count(), found[(true, false)].Count(), found[(false, true)].Count());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {detector} | {right} | {missed} | {wrong} | {(double)right / (right + wrong):0.000} | {(double)right / (right + missed):0.000} |"));
        }
    }

    private static async Task CountAsync(Scanner scanner, string folder, string? show)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".md" or ".txt" or ".jsonl").Order(StringComparer.Ordinal).ToList();
        var texts = new List<string>();
        foreach (var file in files)
            texts.Add(await File.ReadAllTextAsync(file));
        var characters = texts.Sum(text => (long)text.Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{files.Count:N0} files, {characters:N0} characters"));
        Console.WriteLine("| detector | found | per million characters | M characters/s |\n|---|---|---|---|");
        foreach (var detector in scanner.Detectors.Order(StringComparer.Ordinal))
        {
            var started = Stopwatch.GetTimestamp();
            var found = 0;
            foreach (var text in texts)
            {
                var scanned = new ScannedText([text]);
                var findings = scanner.Scan(scanned, [detector]);
                found += findings.Count;
                if (detector == show)
                    findings.SelectMany(finding => scanned.Locate(finding.Span)).ToList().ForEach(place => Console.WriteLine($"  {text[place.Part.Start..place.Part.End]}"));
            }
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {detector} | {found:N0} | {found / (characters / Million):0.0} | {characters / Million / seconds:0} |"));
        }
    }
}
