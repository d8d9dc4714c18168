using System.Runtime.InteropServices;

namespace RagApp.Parsing.Sandbox;

/// <summary>The paths of Linux and .NET that programs need to run. Those that do not exist on a machine are skipped.</summary>
/// <remarks>
/// Uses plain arrays and loops, like all code that runs before a parser: compiling generic code at every start would cost half
/// as much again.
/// </remarks>
internal static class SystemPaths
{
    /// <summary>The folder of the runtime that runs this service.</summary>
    private static readonly string s_dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The <c>dotnet</c> host of that runtime, or the one on the PATH when the runtime has none.</summary>
    public static string DotnetHost { get; } = File.Exists(Path.Combine(s_dotnet, "dotnet")) ? Path.Combine(s_dotnet, "dotnet") : Find("dotnet") ?? "dotnet";

    /// <summary>
    /// Paths that every sandboxed program may read: the runtime, libraries, fonts, time zones, and facts about the
    /// machine that the runtime reads; no configuration and no user data.
    /// </summary>
    public static string[] Read { get; } =
    [
        s_dotnet,
        "/usr", "/lib", "/lib64", "/nix/store", "/gnu/store",
        "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/fonts", "/etc/libreoffice", "/etc/localtime", "/etc/passwd", "/etc/nsswitch.conf",
        "/var/cache/fontconfig",
        "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom",
        "/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/proc/filesystems", "/sys/devices/system", "/sys/fs/cgroup",
    ];

    /// <summary>Paths that every sandboxed program may write.</summary>
    public static string[] Write { get; } = ["/dev/null"];

    /// <summary>Paths of the system's programs, for software that consists of several programs.</summary>
    public static string[] Programs { get; } = ["/usr", "/bin", "/lib", "/lib64", "/nix/store", "/gnu/store"];

    /// <summary>Paths that every sandboxed program may execute: the runtime, and the loader of shared libraries.</summary>
    public static string[] Execute { get; } =
    [
        DotnetHost, "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1", "/nix/store", "/gnu/store",
    ];

    /// <summary>The files of this program, without its settings, which may contain keys, and without unrelated files in its folder.</summary>
    public static string[] ReadThisProgram()
    {
        var entries = Directory.GetFileSystemEntries(AppContext.BaseDirectory);
        return Array.FindAll(entries, entry => Directory.Exists(entry) ? HoldsLibraries(entry) : !IsSettings(entry));
    }

    /// <summary>The path of a program on the PATH; null when there is none of that name.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static bool IsSettings(string file) => Path.GetFileName(file).StartsWith("appsettings", StringComparison.OrdinalIgnoreCase);

    private static bool HoldsLibraries(string folder) =>
        Path.GetFileName(folder) == "runtimes" || Directory.GetFiles(folder, "*.resources.dll").Length > 0;
}
