using System.Diagnostics;

namespace RagApp.Tests.TestServices;

/// <summary>Starts a built service with a umask that leaves its files open to everybody, as a carelessly configured system does.</summary>
internal static class Careless
{
    public static ProcessStartInfo Start(string project, params string[] arguments) => OperatingSystem.IsWindows()
        ? new ProcessStartInfo("dotnet", [Repository.BuiltOutput(project), .. arguments]) { UseShellExecute = false }
        : new ProcessStartInfo("/bin/sh", ["-c", "umask 000; exec \"$@\"", "sh", "dotnet", Repository.BuiltOutput(project), .. arguments]) { UseShellExecute = false };
}
