using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.Sandbox;
using RagApp.Parsing;
using RagApp.Parsing.Child;
using RagApp.Parsing.Formats.OldOffice;
using RagApp.Parsing.Sandbox;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>
/// Converts an old document to a new format with LibreOffice: in a folder of its own, with limits on memory, processor
/// time and files (util-linux' <c>prlimit</c>), sandboxed to that folder and the system's programs, and killed with all
/// its child processes when its time is up.
/// </summary>
internal sealed class LibreOffice(IOptions<ParserOptions> options, TimeProvider time, ILogger<LibreOffice> logger)
{
    private const long LargestFile = 256L << 20;

    private LegacyOfficeOptions Settings => options.Value.LegacyOffice;

    public bool IsInstalled => Program is not null;

    private string? Program => Settings.LibreOffice switch
    {
        "" => null,
        var path when Path.IsPathRooted(path) => File.Exists(path) ? path : null,
        var name => SystemPaths.Find(name),
    };

    /// <summary>The converted file inside <paramref name="folder"/>, or the reason for the failure.</summary>
    public async Task<(string? File, ParseResult? Failure)> ConvertAsync(
        string file, OldOfficeFormat kind, OfficeFolder folder, CancellationToken cancellationToken)
    {
        var document = Path.Combine(folder.Path, $"document.{kind.Name}");
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
            var newFile = Path.Combine(folder.Output, $"document.{kind.NewName}");
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
        string document, OldOfficeFormat kind, OfficeFolder folder, ParserLimits limits, CancellationToken cancellationToken)
    {
        string[] program =
        [
            .. Limit(limits), Program!, $"-env:UserInstallation={new Uri(folder.Profile).AbsoluteUri}",
            "--headless", "--norestore", "--nolockcheck", "--convert-to", kind.NewName, "--outdir", folder.Output, document,
        ];
        var command = await SandboxCommand.WrapAsync(Rules(Program!, folder.Path), program, cancellationToken);
        return Process.Start(SandboxedProcess.Describe(command, folder.Path)) ?? throw new InvalidOperationException("LibreOffice did not start.");
    }

    /// <summary>
    /// The rules of the sandbox. LibreOffice creates and removes a socket in <c>/tmp</c>, by which it finds a running
    /// instance, whatever its temporary folder is. It could therefore remove other files of the service's user in
    /// <c>/tmp</c>.
    /// </summary>
    internal static SandboxRules Rules(string program, string folder) => new(
        Read: ["/etc/locale.alias", "/var/lib/libreoffice", "/var/spool/libreoffice"], // targets of symbolic links on Debian
        Execute: [.. SystemPaths.Programs, Installation(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)],
        Write: [folder],
        Sockets: ["/tmp"]);

    /// <summary>The folder of the LibreOffice installation: the parent of a folder named <c>program</c>, otherwise the program's folder.</summary>
    private static string Installation(string program)
    {
        var folder = Path.GetDirectoryName(program)!;
        return Path.GetFileName(folder) == "program" ? Path.GetDirectoryName(folder)! : folder;
    }

    /// <summary>The <c>prlimit</c> command for every process of LibreOffice; empty where util-linux is not installed.</summary>
    private static string[] Limit(ParserLimits limits) => SystemPaths.Find("prlimit") is not { } prlimit
        ? []
        :
        [
            prlimit, Number($"--data={limits.MemoryBytes}"), Number($"--cpu={limits.CpuSeconds}"), Number($"--fsize={LargestFile}"),
            "--nofile=256", "--core=0",
        ];

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
