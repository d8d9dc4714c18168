using System.Diagnostics;
using System.Globalization;

namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>How a program that opens documents is started: pipes for standard streams, and an environment with nothing of the service in it.</summary>
internal static class ConfinedProcess
{
    /// <param name="folder">Where it runs, and its home and temporary folder.</param>
    public static ProcessStartInfo Describe(IReadOnlyList<string> command, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        foreach (var name in (string[])["PATH", "DOTNET_ROOT", "SystemRoot"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }
        foreach (var name in (string[])["HOME", "TMPDIR", "TEMP"])
            start.Environment[name] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["DOTNET_gcServer"] = "0"; // a heap and a thread per processor, for one document at a time
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    /// <summary>Three quarters of the memory: the rest is the runtime's own.</summary>
    public static ProcessStartInfo WithHeapLimit(this ProcessStartInfo start, long memoryBytes)
    {
        start.Environment["DOTNET_GCHeapHardLimit"] = (memoryBytes / 4 * 3).ToString("x", CultureInfo.InvariantCulture);
        return start;
    }
}
