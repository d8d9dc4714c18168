using System.Runtime.InteropServices;

namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>
/// Landlock of Linux (5.13 and later): a process gives up all files but those it names, for itself and whatever it
/// starts, and needs no rights for that. Where the kernel can, TCP and signals to others go as well. A process under
/// Landlock also cannot look into one that is not under the same rules: <c>/proc/PID/environ</c>, its memory, <c>ptrace</c>.
/// https://docs.kernel.org/userspace-api/landlock.html
/// </summary>
internal static class Landlock
{
    /// <summary>From this version of the interface on signals to other processes can be given up.</summary>
    public const int SignalsVersion = 6;

    // The same on all architectures.
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

    /// <summary>What can be allowed for a single file.</summary>
    private const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate | UseDevice;

    private const ulong Tcp = 3; // to bind, to connect
    private const ulong AbstractSocketsAndSignals = 3;

    /// <summary>The version of the interface, 1 and up; 0 where there is none.</summary>
    public static int Version => (int)Math.Max(0, LinuxCalls.Call(CreateRuleset, 0, 0, AskVersion, 0));

    /// <summary>Gives up everything but what every program needs and <paramref name="rules"/>, for the calling thread and what it executes.</summary>
    /// <exception cref="InvalidOperationException">The kernel has Landlock and refused the rules.</exception>
    public static void Restrict(int version, ConfinementRules rules)
    {
        var ruleset = new LandlockRuleset(
            Files: FileRights(version), Network: version >= 4 ? Tcp : 0, Scopes: version >= SignalsVersion ? AbstractSocketsAndSignals : 0);
        nint size = version >= SignalsVersion ? 24 : version >= 4 ? 16 : 8;
        var handle = Checked(LinuxCalls.Call(CreateRuleset, in ruleset, size, 0));
        Allow(handle, SystemPaths.Read, ReadFile | ReadFolder);
        Allow(handle, SystemPaths.ReadThisProgram(), ReadFile | ReadFolder);
        Allow(handle, rules.Read, ReadFile | ReadFolder);
        Allow(handle, SystemPaths.Execute, ReadFile | ReadFolder | Execute);
        Allow(handle, rules.Execute, ReadFile | ReadFolder | Execute);
        Allow(handle, SystemPaths.Write, ReadFile | WriteFile);
        Allow(handle, rules.Write, ruleset.Files & ~(Execute | UseDevice));
        Allow(handle, rules.Sockets, MakeSocket | RemoveFile);
        Checked(LinuxCalls.Call(RestrictSelf, handle, 0, 0, 0));
    }

    /// <summary>All that the version knows: what is not named here would stay allowed.</summary>
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
            if (file >= 0) // what is not there need not be allowed
                Checked(LinuxCalls.Call(AddRule, ruleset, PathBeneath, new LandlockPath(Directory.Exists(path) ? rights : rights & OfFiles, file), 0));
        }
    }

    private static nint Checked(nint result) => result >= 0
        ? result
        : throw new InvalidOperationException($"Landlock refused its rules with error {Marshal.GetLastPInvokeError()}.");
}

/// <summary>Rights that are given up unless a rule allows them; older kernels know only the first, or the first two.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LandlockRuleset(ulong Files, ulong Network, ulong Scopes);

/// <summary>What is allowed for a file, or for a folder and all below it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct LandlockPath(ulong Rights, int File);
