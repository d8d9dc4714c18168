using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.Child;

namespace RagApp.Ingestion.Parsing;

/// <summary>Starts the parser child, confined, with an environment that holds none of the service's secrets.</summary>
internal sealed class ParserLauncher(Confinement confinement, IOptions<ParserOptions> options)
{
    private const string Dotnet = "dotnet";

    /// <summary>A child that reads the documents it is asked for.</summary>
    public Task<Process> StartReaderAsync(ParserBounds bounds, CancellationToken cancellationToken) =>
        StartAsync([ParseArguments.ChildOption, .. PageTools()], bounds, cancellationToken);

    /// <summary>A child that takes the members out of one file.</summary>
    public Task<Process> StartMembersAsync(string file, ParserBounds bounds, CancellationToken cancellationToken) =>
        StartAsync([file, ParseArguments.MembersOption], bounds, cancellationToken);

    private async Task<Process> StartAsync(IEnumerable<string> arguments, ParserBounds bounds, CancellationToken cancellationToken)
    {
        var wrappers = await confinement.WrappersAsync(cancellationToken);
        string[] program = [DotnetHost(), Path.Combine(AppContext.BaseDirectory, "RagApp.Ingestion.dll"), ParseCommand.Verb];
        return Process.Start(Describe([.. wrappers, .. program, .. arguments, .. bounds.ToArguments()], bounds.Largest))
            ?? throw new InvalidOperationException("The parser process did not start.");
    }

    private string[] PageTools() => options.Value.Ocr is { Enabled: true } ocr
        ? [ParseArguments.OcrOption, ocr.Languages, ParseArguments.OcrPagesOption, ocr.MaxPages.ToString(CultureInfo.InvariantCulture)]
        : [ParseArguments.OcrOption, ParseArguments.NoOcr];

    private static ProcessStartInfo Describe(IReadOnlyList<string> command, ParserLimits limits)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        Dictionary<string, string?> kept = new(StringComparer.Ordinal);
        foreach (var name in (string[])["PATH", "HOME", "DOTNET_ROOT", "SystemRoot", "TEMP", "TMPDIR"])
            kept[name] = Environment.GetEnvironmentVariable(name);

        start.Environment.Clear();
        foreach (var (name, value) in kept.Where(pair => pair.Value is not null))
            start.Environment[name] = value;
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit(limits).ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    /// <summary>Three quarters of the memory: the rest is the runtime's own.</summary>
    private static long HeapLimit(ParserLimits limits) => limits.MemoryBytes / 4 * 3;

    /// <summary>The host of the runtime that runs this service; where there is none of its own, the one on the PATH.</summary>
    private static string DotnetHost()
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", Dotnet));
        return File.Exists(host) ? host : Dotnet;
    }
}
