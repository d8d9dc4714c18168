using System.Diagnostics;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.Sandbox;
using RagApp.Parsing.Child;
using RagApp.Parsing.Ocr;
using RagApp.Parsing.Sandbox;

namespace RagApp.Ingestion.Parsing;

/// <summary>Starts parser children, sandboxed to the folder of their documents.</summary>
internal sealed class ParserLauncher(IOptions<ParserOptions> options)
{
    private static readonly string[] Tools = [.. PageReader.Programs.Select(SystemPaths.Find).OfType<string>()];

    private OcrSettings? Ocr => options.Value.Ocr is { Enabled: true } ocr ? new OcrSettings(ocr.Languages, ocr.MaxPages) : null;

    /// <summary>Starts a child that reads documents on request.</summary>
    /// <param name="folder">The only folder in which the child can read documents.</param>
    public Task<Process> StartReaderAsync(ParserBounds bounds, string folder, CancellationToken cancellationToken) => StartAsync(
        [.. SandboxCommand.Parser(ChildCommand.ReadVerb), .. new ChildSettings(bounds, Ocr).ToArguments()], bounds, folder, cancellationToken);

    /// <summary>Starts a child that extracts the members of one file, which lies in <paramref name="folder"/>.</summary>
    public Task<Process> StartMembersAsync(string file, ParserBounds bounds, string folder, CancellationToken cancellationToken) => StartAsync(
        [.. SandboxCommand.Parser(ChildCommand.MembersVerb), file, .. new ChildSettings(bounds, Ocr: null).ToArguments()], bounds, folder, cancellationToken);

    /// <summary>Starts any program under the rules of a parser child.</summary>
    internal async Task<Process> StartAsync(IEnumerable<string> program, ParserBounds bounds, string folder, CancellationToken cancellationToken)
    {
        var tools = options.Value.Ocr.Enabled ? Tools : [];
        var command = await SandboxCommand.WrapAsync(SandboxRules.None with { Read = [folder], Execute = tools }, program, cancellationToken);
        var start = SandboxedProcess.Describe(command, folder).WithHeapLimit(bounds.Largest.MemoryBytes);
        if (OperatingSystem.IsLinux())
            start.Environment["PATH"] = string.Join(Path.PathSeparator, tools.Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal));
        return Process.Start(start) ?? throw new InvalidOperationException("The parser process did not start.");
    }
}
