using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Cli.Ingest;

/// <summary>The result of a run, printed on standard output.</summary>
internal sealed record IngestReport(
    int Found, int Unchanged, int Sent, int Indexed, int Empty, int Unseen, int InProgress, bool Interrupted,
    IReadOnlyList<FileProblem> Failed, IReadOnlyList<FileProblem> Notes)
{
    /// <summary>Largest number of problems that the text report prints; JSON lists them all.</summary>
    private const int Printed = 50;

    public static Task WriteAsync(Tally tally, IngestSettings settings, bool interrupted)
    {
        var report = new IngestReport(
            tally.Found, tally.Unchanged, tally.Sent, tally.Indexed, tally.Empty, tally.Unseen, tally.InProgress.Count, interrupted, tally.Failures, tally.Notes);
        return Console.Out.WriteLineAsync(
            settings.Json ? JsonSerializer.Serialize(report, IngestJson.Default.IngestReport) : report.Text(settings));
    }

    private string Text(IngestSettings settings)
    {
        var text = new StringBuilder();
        AddList(text, settings.DryRun ? "Files to send:" : "Good to know:", Notes);
        AddList(text, "Failed:", Failed);
        text.Append(CultureInfo.InvariantCulture, $"{Found:N0} {(Found == 1 ? "file" : "files")}: {string.Join(", ", Counts(settings))}.");
        if (Interrupted)
            text.AppendLine().Append("Interrupted. What was sent is indexed all the same; run it again to send the rest.");
        return text.ToString();
    }

    private IEnumerable<string> Counts(IngestSettings settings)
    {
        if (settings.DryRun)
            yield return Count(Notes.Count, "to send");
        else
            yield return Count(Sent, "sent");
        yield return Count(Unchanged, "unchanged");
        if (Indexed > 0)
            yield return Count(Indexed, "indexed");
        if (Empty > 0)
            yield return Count(Empty, "without text");
        if (InProgress > 0)
            yield return Count(InProgress, "being indexed");
        if (Unseen > 0)
            yield return Count(Unseen, "that are not there any more");
        yield return Count(Failed.Count, "failed");
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}");

    private static void AddList(StringBuilder text, string heading, IReadOnlyList<FileProblem> files)
    {
        if (files.Count == 0)
            return;
        text.AppendLine(heading);
        foreach (var file in files.Take(Printed))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Printable(file.Path)}: {Printable(file.Reason)}");
        if (files.Count > Printed)
            text.AppendLine(CultureInfo.InvariantCulture, $"  and {files.Count - Printed:N0} more; --json lists all");
    }

    /// <summary>Replaces control characters: a file's name may hold escape sequences for the terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IngestReport))]
internal sealed partial class IngestJson : JsonSerializerContext;
