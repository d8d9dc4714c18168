using System.ComponentModel;
using System.Runtime.InteropServices;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Installs the dashboard from the Aspire CLI's npm package into the user's cache. It is made in a folder of its own
/// and moved into place when complete, so an install that is cut off leaves nothing that looks like one.
/// </summary>
internal sealed class DashboardInstaller(ConsoleOutput console, ProcessReaper reaper)
{
    private const string Version = "13.5.4";
    private const string Unfinished = "installing-";

    private static readonly string Cache = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "ragapp");

    /// <summary>Where the dashboard is once installed.</summary>
    public static string Folder { get; } = Path.Combine(Cache, $"aspire-dashboard-{Version}");

    private static string Package => $"@microsoft/aspire-cli-{PlatformName()}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Says what it does, installs, and tells whether that worked.</summary>
    public async Task<bool> InstallAsync(CancellationToken cancellationToken)
    {
        if (FindNpm() is not { } npm)
        {
            console.Write("no Aspire dashboard here: install npm, or the Aspire CLI (aspire.dev), or set ASPIRE_DASHBOARD_PATH; the application runs without it");
            return false;
        }

        console.Write($"installing the Aspire dashboard in the background, once, to {Folder} (--Dashboard:Install=false turns this off)");
        Directory.CreateDirectory(Cache);
        RemoveLeftovers();
        var work = Path.Combine(Cache, $"{Unfinished}{Guid.NewGuid():N}");
        try
        {
            await InstallIntoAsync(npm, work, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is DistributedApplicationException or Win32Exception or IOException)
        {
            console.Write($"the Aspire dashboard could not be installed: {e.Message}; the application runs without it");
            return false;
        }
        finally
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
        }
    }

    private static string PlatformName() => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    private static string? FindNpm() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm"))
            .FirstOrDefault(File.Exists);

    /// <summary>Removes what installs that were killed more than an hour ago left.</summary>
    private static void RemoveLeftovers()
    {
        var hourAgo = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        foreach (var folder in Directory.GetDirectories(Cache, $"{Unfinished}*").Where(f => Directory.GetLastWriteTimeUtc(f) < hourAgo))
            Directory.Delete(folder, recursive: true);
    }

    private async Task InstallIntoAsync(string npm, string work, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(work);
        await RunAsync(new(npm, ["install", "--prefix", work, "--no-audit", "--no-fund", "--ignore-scripts", $"{Package}@{Version}"], work, NoVariables()), cancellationToken);

        // The package's program unpacks the bundle beside itself; of the bundle only the dashboard is kept.
        var package = Path.Combine(work, "node_modules", Package);
        var variables = new Dictionary<string, string>
        {
            ["ASPIRE_HOME"] = Path.Combine(work, "home"),
            ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true",
        };
        await RunAsync(new(Path.Combine(package, "bin", OperatingSystem.IsWindows() ? "aspire.exe" : "aspire"), ["setup"], work, variables), cancellationToken);
        var bundle = new DirectoryInfo(Path.Combine(package, "bundle"));
        var managed = Path.Combine(bundle.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? bundle.FullName, "managed");
        if (!Directory.Exists(Folder))
            Directory.Move(managed, Folder);
    }

    private async Task RunAsync(ChildProcessStart what, CancellationToken cancellationToken)
    {
        var lastLine = "";
        using var process = ChildProcess.Start(what, reaper, (line, _) => lastLine = line.Length > 0 ? line : lastLine);
        try
        {
            var exitCode = await process.WaitForExitAsync(cancellationToken);
            if (exitCode != 0)
                throw new DistributedApplicationException($"{Path.GetFileName(what.FileName)} {what.Arguments[0]} ended with {exitCode} ({lastLine})");
        }
        catch (OperationCanceledException)
        {
            await process.StopAsync(TimeSpan.FromSeconds(2), TimeProvider.System);
            throw;
        }
    }

    private static Dictionary<string, string> NoVariables() => [];
}
