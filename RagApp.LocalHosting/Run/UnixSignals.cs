using System.Runtime.InteropServices;

namespace Aspire.Hosting.Run;

/// <summary>Signals to processes and process groups.</summary>
internal static partial class UnixSignals
{
    private const int Terminate = 15;
    private const int Kill = 9;

    public static void TerminateProcess(int processId) => _ = Send(processId, Terminate);

    /// <summary>Ends whatever is left of the group that <paramref name="leaderId"/> leads.</summary>
    public static void KillGroup(int leaderId) => _ = Send(-leaderId, Kill);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int processId, int signal);
}
