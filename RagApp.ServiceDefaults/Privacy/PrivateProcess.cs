using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RagApp.ServiceDefaults.Privacy;

/// <summary>Keeps a service's files and memory private to its own user.</summary>
internal static partial class PrivateProcess
{
    private const uint GroupAndOthers = 0x3F; // octal 077
    private const int SetDumpable = 4;

    /// <summary>Variable that asks for crash dumps, which need a process whose memory can be read.</summary>
    private const string WantsDumps = "DOTNET_DbgEnableMiniDump";

    /// <summary>
    /// Makes every file, folder and socket that this process and its children create from now on private to the user. Windows has no
    /// file modes: there the access list of the data folder applies.
    /// </summary>
    public static void CloseFiles()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(GroupAndOthers);
    }

    /// <summary>
    /// Prevents other processes of the same user from reading this process's memory, on Linux: the keys it was given stay in
    /// <c>/proc/PID/environ</c> even if its variables change. A process with the capability CAP_SYS_PTRACE can still read it.
    /// </summary>
    /// <returns>Reason why the process stays readable; null when it is protected.</returns>
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
