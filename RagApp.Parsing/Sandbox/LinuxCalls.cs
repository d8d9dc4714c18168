using System.Runtime.InteropServices;

namespace RagApp.Parsing.Sandbox;

/// <summary>Linux system calls without a .NET API. Each returns -1 or null when the kernel refuses it.</summary>
internal static partial class LinuxCalls
{
    private const int SetDumpable = 4;
    private const int SetFilter = 22;
    private const int DropFromBoundingSet = 24;
    private const int SetNoNewPrivileges = 38;
    private const int Ambient = 47;

    private const nint FilterMode = 2;
    private const nint ClearAll = 4;
    private const int BrokenPipe = 13;

    /// <summary>Ensures that no program started from here on has more rights than this process.</summary>
    public static bool TryForbidNewPrivileges() => Control(SetNoNewPrivileges, 1, 0, 0, 0) == 0;

    /// <summary>Prevents other processes of the user from inspecting this one: its memory, environment and open files.</summary>
    public static bool TryHide() => Control(SetDumpable, 0, 0, 0, 0) == 0;

    public static bool TryDropFromBoundingSet(int capability) => Control(DropFromBoundingSet, capability, 0, 0, 0) == 0;

    public static bool TryClearAmbient() => Control(Ambient, ClearAll, 0, 0, 0) == 0;

    public static bool TryInstallFilter(in FilterProgram program) => ControlFilter(SetFilter, FilterMode, in program, 0, 0) == 0;

    /// <summary>
    /// Restores the default for broken pipes, which ends the process. The runtime ignores them, and programs it executes would
    /// inherit that.
    /// </summary>
    public static void ResetBrokenPipe() => Signal(BrokenPipe, handler: 0);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Call(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Call(nint number, in LandlockRuleset first, nint second, nint third);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Call(nint number, nint first, nint second, in LandlockPath third, nint fourth);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SetCapabilities(in CapabilityHeader header, in CapabilitySets sets);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Open(string path, int flags);

    /// <param name="arguments">The program, its arguments, and null at the end.</param>
    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Execute(string program, string?[] arguments);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ControlFilter(int option, nint mode, in FilterProgram program, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Signal(int signal, nint handler);
}
