using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.Isolation;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>
/// Has LibreOffice save an old document as a new one: in a folder of its own, with util-linux' <c>prlimit</c> on its
/// memory, processor time and files, confined to that folder and the system's programs, and killed with all that it
/// started when its time is up.
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
        string[] program =
        [
            .. Limit(limits), Program!, $"-env:UserInstallation={new Uri(folder.Profile).AbsoluteUri}",
            "--headless", "--norestore", "--nolockcheck", "--convert-to", kind.NewEnding, "--outdir", folder.Output, document,
        ];
        var command = await Confinement.WrapAsync(Rules(Program!, folder.Path), program, cancellationToken);
        return Process.Start(ConfinedProcess.Describe(command, folder.Path)) ?? throw new InvalidOperationException("LibreOffice did not start.");
    }

    /// <summary>
    /// LibreOffice makes a socket in <c>/tmp</c> by which one that runs already would be found, whatever its temporary
    /// folder is, and has to remove it again: it could remove other files of the service's user there.
    /// </summary>
    internal static ConfinementRules Rules(string program, string folder) => new(
        Read: ["/etc/locale.alias", "/var/lib/libreoffice", "/var/spool/libreoffice"], // Debian's links lead there
        Execute: [.. SystemPaths.Programs, Installation(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)],
        Write: [folder],
        Sockets: ["/tmp"]);

    /// <summary>The folder of the program, or the one above where that is laid out as LibreOffice's installations are.</summary>
    private static string Installation(string program)
    {
        var folder = Path.GetDirectoryName(program)!;
        return Path.GetFileName(folder) == "program" ? Path.GetDirectoryName(folder)! : folder;
    }

    /// <summary>For every process that LibreOffice consists of; nothing where util-linux is not here.</summary>
    private static string[] Limit(ParserLimits limits) => SystemPaths.Find("prlimit") is not { } prlimit
        ? []
        :
        [
            prlimit, Number($"--data={limits.MemoryBytes}"), Number($"--cpu={limits.CpuSeconds}"), Number($"--fsize={LargestFile}"),
            "--nofile=256", "--core=0",
        ];

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
