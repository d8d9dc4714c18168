using System.Diagnostics;

namespace RagApp.Tests.TestServices;

/// <summary>Starts a built service as a careless system does: with a mask that closes nothing to anybody.</summary>
internal static class Careless
{
    public static ProcessStartInfo Start(string project, params string[] arguments) => OperatingSystem.IsWindows()
        ? new ProcessStartInfo("dotnet", [Repository.BuiltOutput(project), .. arguments]) { UseShellExecute = false }
        : new ProcessStartInfo("/bin/sh", ["-c", "umask 000; exec \"$@\"", "sh", "dotnet", Repository.BuiltOutput(project), .. arguments]) { UseShellExecute = false };
}
