using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.PageTools;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>
/// Has LibreOffice save an old document as a new one: in a folder of its own, with util-linux' <c>prlimit</c> on its
/// memory, processor time and files, without new privileges and network like a parser child, and killed with all that it
/// started when its time is up.
/// </summary>
internal sealed class LibreOffice(Confinement confinement, IOptions<ParserOptions> options, TimeProvider time, ILogger<LibreOffice> logger)
{
    private const long LargestFile = 256L << 20;

    private LegacyOfficeOptions Settings => options.Value.LegacyOffice;

    public bool IsInstalled => Settings.LibreOffice.Length > 0
        && (Path.IsPathRooted(Settings.LibreOffice) ? File.Exists(Settings.LibreOffice) : ToolProcess.IsInstalled(Settings.LibreOffice));

    /// <summary>The new file inside <paramref name="folder"/>, or why there is none.</summary>
    public async Task<(string? File, ParseResult? Failure)> ConvertAsync(
        string file, LegacyKind kind, OfficeFolder folder, CancellationToken cancellationToken)
    {
        var document = Path.Combine(folder.Path, $"document.{kind.Ending}");
        File.Copy(file, document);
        var limits = new ParserLimits(Settings.MemoryMiB, options.Value.CpuSeconds, Settings.WallTime);
        using var process = await StartAsync(document, kind, folder, limits, cancellationToken);
        var watchdog = new ParserWatchdog(process, limits, time);
        try
        {
            var errors = ParserChild.FirstWordsAsync(process.StandardError.BaseStream);
            var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            process.StandardInput.Close();
            await watchdog.WaitForExitAsync(cancellationToken);
            await output;
            var newFile = Path.Combine(folder.Output, $"document.{kind.NewEnding}");
            if (watchdog.Killed is null && File.Exists(newFile))
                return (newFile, null);
            var end = new ParserEnd(process.ExitCode, watchdog.Killed, await errors, ContentType: "", watchdog.Peak, limits).ToResult();
            logger.ParserEnded(process.Id, process.ExitCode, end.Reason!);
            return (null, end);
        }
        finally
        {
            watchdog.Kill();
        }
    }

    private async Task<Process> StartAsync(
        string document, LegacyKind kind, OfficeFolder folder, ParserLimits limits, CancellationToken cancellationToken)
    {
        string[] command =
        [
            .. await confinement.WrappersAsync(cancellationToken), .. Limit(limits), Settings.LibreOffice,
            $"-env:UserInstallation={new Uri(folder.Profile).AbsoluteUri}",
            "--headless", "--norestore", "--nolockcheck", "--convert-to", kind.NewEnding, "--outdir", folder.Output, document,
        ];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = start.Environment["TMPDIR"] = folder.Path;
        start.Environment["LANG"] = "C.UTF-8";
        return Process.Start(start) ?? throw new InvalidOperationException("LibreOffice did not start.");
    }

    /// <summary>For every process that LibreOffice consists of; nothing where util-linux is not here.</summary>
    private static string[] Limit(ParserLimits limits) => !ToolProcess.IsInstalled("prlimit")
        ? []
        :
        [
            "prlimit", Number($"--data={limits.MemoryBytes}"), Number($"--cpu={limits.CpuSeconds}"), Number($"--fsize={LargestFile}"),
            "--nofile=256", "--core=0",
        ];

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
