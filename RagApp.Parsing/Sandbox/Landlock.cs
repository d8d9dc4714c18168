using System.Runtime.InteropServices;

namespace RagApp.Parsing.Sandbox;

/// <summary>
/// Restricts file access with Linux Landlock (5.13 and later): a process gives up access to all files except those it
/// names, for itself and the programs it starts, and needs no privilege for that. Newer kernels also restrict TCP and
/// signals to other processes. A process under Landlock cannot inspect a process outside its rules either:
/// <c>/proc/PID/environ</c>, memory, <c>ptrace</c>. https://docs.kernel.org/userspace-api/landlock.html
/// </summary>
internal static class Landlock
{
    /// <summary>First version of the interface that can restrict signals to other processes.</summary>
    public const int SignalsVersion = 6;

    // System call numbers, the same on all architectures.
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;

    private const nint AskVersion = 1;
    private const nint PathBeneath = 1;

    private const int OpenPath = 0x20_0000 | 0x8_0000; // O_PATH, O_CLOEXEC

    private const ulong Execute = 1 << 0;
    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong RemoveFile = 1 << 5;
    private const ulong MakeSocket = 1 << 9;
    private const ulong Truncate = 1 << 14;
    private const ulong UseDevice = 1 << 15;

    /// <summary>The rights that apply to a single file.</summary>
    private const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate | UseDevice;

    private const ulong Tcp = 3; // to bind, to connect
    private const ulong AbstractSocketsAndSignals = 3;

    /// <summary>The version of the kernel's Landlock interface, from 1; 0 when there is none.</summary>
    public static int Version => (int)Math.Max(0, LinuxCalls.Call(CreateRuleset, 0, 0, AskVersion, 0));

    /// <summary>
    /// Restricts the calling thread, and the programs it executes, to the paths that every program needs and those in
    /// <paramref name="rules"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The kernel has Landlock and refused the rules.</exception>
    public static void Restrict(int version, SandboxRules rules)
    {
        var ruleset = new LandlockRuleset(
            Files: FileRights(version), Network: version >= 4 ? Tcp : 0, Scopes: version >= SignalsVersion ? AbstractSocketsAndSignals : 0);
        nint size = version >= SignalsVersion ? 24 : version >= 4 ? 16 : 8;
        var handle = RequireSuccess(LinuxCalls.Call(CreateRuleset, in ruleset, size, 0));
        Allow(handle, SystemPaths.Read, ReadFile | ReadFolder);
        Allow(handle, SystemPaths.ReadThisProgram(), ReadFile | ReadFolder);
        Allow(handle, rules.Read, ReadFile | ReadFolder);
        Allow(handle, SystemPaths.Execute, ReadFile | ReadFolder | Execute);
        Allow(handle, rules.Execute, ReadFile | ReadFolder | Execute);
        Allow(handle, SystemPaths.Write, ReadFile | WriteFile);
        Allow(handle, rules.Write, ruleset.Files & ~(Execute | UseDevice));
        Allow(handle, rules.Sockets, MakeSocket | RemoveFile);
        RequireSuccess(LinuxCalls.Call(RestrictSelf, handle, 0, 0, 0));
    }

    /// <summary>All file rights of that version; a right not listed here would stay allowed.</summary>
    private static ulong FileRights(int version) => version switch
    {
        1 => (1 << 13) - 1,
        2 => (1 << 14) - 1,
        3 or 4 => (1 << 15) - 1,
        _ => (1 << 16) - 1,
    };

    private static void Allow(nint ruleset, string[] paths, ulong rights)
    {
        foreach (var path in paths)
        {
            var file = LinuxCalls.Open(path, OpenPath);
            if (file >= 0) // a path that does not exist needs no rule
                RequireSuccess(LinuxCalls.Call(AddRule, ruleset, PathBeneath, new LandlockPath(Directory.Exists(path) ? rights : rights & OfFiles, file), 0));
        }
    }

    private static nint RequireSuccess(nint result) => result >= 0
        ? result
        : throw new InvalidOperationException($"Landlock refused its rules with error {Marshal.GetLastPInvokeError()}.");
}

/// <summary>The rights restricted by a ruleset; older kernels know only the first, or the first two.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LandlockRuleset(ulong Files, ulong Network, ulong Scopes);

/// <summary>The rights allowed on a file, or on a folder and everything below it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct LandlockPath(ulong Rights, int File);
