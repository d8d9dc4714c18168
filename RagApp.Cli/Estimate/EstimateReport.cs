using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Cli.Ingest;

namespace RagApp.Cli.Estimate;

/// <summary>The result of an estimate, printed on standard output.</summary>
/// <param name="EmbeddedSeconds">Time of the embedded model on two free cores.</param>
/// <param name="Interrupted">True when not all files were read.</param>
internal sealed record EstimateReport(
    IReadOnlyList<TypeEstimate> Types, long Files, long Bytes, long Documents, long Pages, long Passages, long Tokens, long EmbeddedSeconds,
    IReadOnlyList<ModelCost> Costs, IReadOnlyList<FileProblem> Unreadable, bool Interrupted)
{
    /// <summary>Largest number of unreadable files that the text report prints; JSON lists them all.</summary>
    private const int Printed = 20;

    /// <summary>Passages per second of the embedded model, measured on two cores (docs/costs.md).</summary>
    private const int EmbeddedPerSecond = 17;

    private const decimal Million = 1_000_000;

    public static EstimateReport Of(IReadOnlyList<FileEstimate> files, IEnumerable<FileProblem> problems, bool interrupted)
    {
        var all = files.Aggregate(default(TextEstimate), (sum, file) => sum + file.Text);
        return new EstimateReport(
            [
                .. files.GroupBy(file => file.Type).OrderByDescending(type => type.Sum(file => file.Size))
                    .Select(type => new TypeEstimate(
                        type.Key, type.Count(), type.Sum(file => file.Size), type.Count(file => file.Reason is not null), type.Sum(file => file.Text.Passages))),
            ],
            files.Count, files.Sum(file => file.Size), all.Documents, all.Pages, all.Passages, all.Tokens, all.Passages / EmbeddedPerSecond,
            [.. PriceExamples.All.Select(example => new ModelCost(example.Model, example.Price, Math.Round(all.Tokens * example.Price / Million, 2)))],
            [.. problems, .. files.Where(file => file.Reason is not null).Select(file => new FileProblem(file.Path, file.Reason!))],
            interrupted);
    }

    public Task WriteAsync(bool json) =>
        Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(this, EstimateJson.Default.EstimateReport) : Text());

    private string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"type",-12}{"files",10}{"size",12}{"unreadable",12}{"passages",12}");
        foreach (var type in Types)
            text.AppendLine(CultureInfo.InvariantCulture, $"{type.Type,-12}{type.Files,10:N0}{Size(type.Bytes),12}{type.Unreadable,12:N0}{type.Passages,12:N0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{"together",-12}{Files,10:N0}{Size(Bytes),12}{Unreadable.Count,12:N0}{Passages,12:N0}");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"About {Documents:N0} documents with text, {Pages:N0} pages, {Passages:N0} passages, {Tokens:N0} tokens to embed, once:");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"the embedded model",-32} no money, {Duration(EmbeddedSeconds)} of two free cores");
        foreach (var cost in Costs)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {cost.Model,-32} ${cost.Dollars:0.00}");
        text.AppendLine(CultureInfo.InvariantCulture, $"List prices of {PriceExamples.Date}, to be checked. What questions cost is in docs/costs.md.");
        AddUnreadable(text);
        if (Interrupted)
            text.AppendLine().Append("Interrupted: only the files that were read are counted.");
        return text.ToString().TrimEnd();
    }

    private void AddUnreadable(StringBuilder text)
    {
        if (Unreadable.Count == 0)
            return;
        text.AppendLine().AppendLine("Unreadable:");
        foreach (var file in Unreadable.Take(Printed))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {IngestReport.Printable(file.Path)}: {IngestReport.Printable(file.Reason)}");
        if (Unreadable.Count > Printed)
            text.AppendLine(CultureInfo.InvariantCulture, $"  and {Unreadable.Count - Printed:N0} more; --json lists all");
    }

    private static string Duration(long seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:N0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:N0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600.0:N1} hours"),
    };

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:N0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:N1} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024 / 1024:N1} GiB"),
    };
}

/// <summary>The files of one kind.</summary>
/// <param name="Bytes">Size of the files in bytes.</param>
/// <param name="Unreadable">Number of files that cannot be read.</param>
internal sealed record TypeEstimate(string Type, int Files, long Bytes, int Unreadable, long Passages);

/// <summary>Cost of embedding the folder once with a provider's model.</summary>
/// <param name="PricePerMillionTokens">List price in US dollars.</param>
/// <param name="Dollars">Cost in US dollars, rounded to cents.</param>
internal sealed record ModelCost(string Model, decimal PricePerMillionTokens, decimal Dollars);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EstimateReport))]
internal sealed partial class EstimateJson : JsonSerializerContext;
