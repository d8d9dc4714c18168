using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RagApp.ServiceDefaults.Privacy;

/// <summary>Keeps what a service writes and what it holds in memory to its own user.</summary>
internal static partial class PrivateProcess
{
    private const uint GroupAndOthers = 0x3F; // octal 077
    private const int SetDumpable = 4;

    /// <summary>Set by who wants a dump of a crash, which takes a process that can be looked into.</summary>
    private const string WantsDumps = "DOTNET_DbgEnableMiniDump";

    /// <summary>
    /// From here on every file, folder and socket of this process and of those it starts is its user's alone, however
    /// it is made. Windows has no modes: there the access list of the data folder holds.
    /// </summary>
    public static void CloseFiles()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(GroupAndOthers);
    }

    /// <summary>
    /// Makes the process one that no other of its user can look into, on Linux: the keys that it was given stay in
    /// <c>/proc/PID/environ</c> whatever becomes of its variables. A process with the capability CAP_SYS_PTRACE still can.
    /// </summary>
    /// <returns>Why it was left open; null when it was not.</returns>
    public static string? Hide()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        if (Debugger.IsAttached)
            return "a debugger is attached";
        if (Environment.GetEnvironmentVariable(WantsDumps) == "1")
            return $"{WantsDumps} asks for dumps";
        return Control(SetDumpable, 0, 0, 0, 0) == 0 ? null : "the system refuses it";
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetMask(uint mask);

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nint first, nint second, nint third, nint fourth);
}
