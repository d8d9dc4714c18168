namespace Aspire.Hosting.Run;

/// <summary>What to start, where, and with which environment on top of this process's own.</summary>
internal sealed record ChildProcessStart(
    string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>A built .NET program, run by the <c>dotnet</c> that runs this process.</summary>
    public static ChildProcessStart Dotnet(string assemblyPath, string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        new(DotnetPath(), [assemblyPath], workingDirectory, environment);

    private static string DotnetPath()
    {
        var runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        return Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
    }
}
