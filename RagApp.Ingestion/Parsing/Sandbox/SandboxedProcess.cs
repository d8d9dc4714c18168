using System.Diagnostics;
using System.Globalization;

namespace RagApp.Ingestion.Parsing.Sandbox;

/// <summary>
/// Describes the start of a program that opens documents: pipes for its standard streams, and an environment without the
/// service's variables.
/// </summary>
internal static class SandboxedProcess
{
    /// <param name="folder">The working folder, which is also the home and temporary folder.</param>
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
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    /// <summary>Limits the managed heap to three quarters of the memory; the rest is for the runtime.</summary>
    public static ProcessStartInfo WithHeapLimit(this ProcessStartInfo start, long memoryBytes)
    {
        start.Environment["DOTNET_GCHeapHardLimit"] = (memoryBytes / 4 * 3).ToString("x", CultureInfo.InvariantCulture);
        return start;
    }
}
