using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.Child;
using RagApp.Ingestion.Parsing.Isolation;
using RagApp.Ingestion.Parsing.PageTools;

namespace RagApp.Ingestion.Parsing;

/// <summary>Starts the parser child, confined to the folder of its documents.</summary>
internal sealed class ParserLauncher(IOptions<ParserOptions> options)
{
    private static readonly string[] Tools = [.. PageReader.Programs.Select(SystemPaths.Find).OfType<string>()];

    /// <summary>A child that reads the documents it is asked for.</summary>
    /// <param name="folder">The only one that it can read documents in.</param>
    public Task<Process> StartReaderAsync(ParserBounds bounds, string folder, CancellationToken cancellationToken) => StartAsync(
        [.. Confinement.ThisProgram(ParseCommand.Verb), ParseArguments.ChildOption, .. PageTools(), .. bounds.ToArguments()], bounds, folder, cancellationToken);

    /// <summary>A child that takes the members out of one file, which lies in <paramref name="folder"/>.</summary>
    public Task<Process> StartMembersAsync(string file, ParserBounds bounds, string folder, CancellationToken cancellationToken) => StartAsync(
        [.. Confinement.ThisProgram(ParseCommand.Verb), file, ParseArguments.MembersOption, .. bounds.ToArguments()], bounds, folder, cancellationToken);

    /// <summary>Any program in the place of the child, under the same rules.</summary>
    internal async Task<Process> StartAsync(IEnumerable<string> program, ParserBounds bounds, string folder, CancellationToken cancellationToken)
    {
        var tools = options.Value.Ocr.Enabled ? Tools : [];
        var command = await Confinement.WrapAsync(ConfinementRules.None with { Read = [folder], Execute = tools }, program, cancellationToken);
        var start = ConfinedProcess.Describe(command, folder).WithHeapLimit(bounds.Largest.MemoryBytes);
        if (OperatingSystem.IsLinux())
            start.Environment["PATH"] = string.Join(Path.PathSeparator, tools.Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal));
        return Process.Start(start) ?? throw new InvalidOperationException("The parser process did not start.");
    }

    private string[] PageTools() => options.Value.Ocr is { Enabled: true } ocr
        ? [ParseArguments.OcrOption, ocr.Languages, ParseArguments.OcrPagesOption, ocr.MaxPages.ToString(CultureInfo.InvariantCulture)]
        : [ParseArguments.OcrOption, ParseArguments.NoOcr];
}
