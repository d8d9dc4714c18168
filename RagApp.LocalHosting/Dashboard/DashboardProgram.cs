using Aspire.Hosting.Run;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard's program on this machine.</summary>
internal sealed record DashboardProgram(string Path)
{
    /// <summary>Looks where <c>ASPIRE_DASHBOARD_PATH</c> points, beside an <c>aspire</c> on the PATH, and in <paramref name="installed"/>.</summary>
    public static DashboardProgram? Find(string installed) =>
        Candidates(installed).Where(File.Exists).Select(p => new DashboardProgram(p)).FirstOrDefault();

    /// <summary>The name of the bundle's program, which is the dashboard when its first argument says so.</summary>
    public static string ManagedName => OperatingSystem.IsWindows() ? "aspire-managed.exe" : "aspire-managed";

    public ChildProcessStart Start(IReadOnlyDictionary<string, string> environment)
    {
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        if (System.IO.Path.GetExtension(Path) == ".dll")
            return ChildProcessStart.Dotnet(Path, directory, environment);
        return new ChildProcessStart(Path, System.IO.Path.GetFileName(Path) == ManagedName ? ["dashboard"] : [], directory, environment);
    }

    private static IEnumerable<string> Candidates(string installed)
    {
        if (Environment.GetEnvironmentVariable("ASPIRE_DASHBOARD_PATH") is { Length: > 0 } path)
            yield return System.IO.Path.GetFullPath(path);

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var cli = new FileInfo(System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "aspire.exe" : "aspire"));
            if (!cli.Exists)
                continue;
            var home = System.IO.Path.GetDirectoryName(cli.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? cli.FullName)!;
            yield return System.IO.Path.GetFullPath(System.IO.Path.Combine(home, "..", "bundle", "managed", ManagedName));
        }

        yield return System.IO.Path.Combine(installed, ManagedName);
    }
}
