using System.Runtime.InteropServices;

namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>Where Linux and .NET keep what programs need to run. What is not there is not allowed either.</summary>
/// <remarks>Plain arrays and loops, as in all that runs before a parser: compiling generic code at every start would cost half as much again.</remarks>
internal static class SystemPaths
{
    /// <summary>The folder of the runtime that runs this service.</summary>
    private static readonly string s_dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The host of that runtime; where there is none of its own, the one on the PATH.</summary>
    public static string DotnetHost { get; } = File.Exists(Path.Combine(s_dotnet, "dotnet")) ? Path.Combine(s_dotnet, "dotnet") : Find("dotnet") ?? "dotnet";

    /// <summary>Every confined program may read the runtime, libraries, fonts, time zones, and what the runtime asks about the machine: no configuration, nobody's data.</summary>
    public static string[] Read { get; } =
    [
        s_dotnet,
        "/usr", "/lib", "/lib64", "/nix/store", "/gnu/store",
        "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/fonts", "/etc/libreoffice", "/etc/localtime", "/etc/passwd", "/etc/nsswitch.conf",
        "/var/cache/fontconfig",
        "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom",
        "/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/proc/filesystems", "/sys/devices/system", "/sys/fs/cgroup",
    ];

    /// <summary>Every confined program may throw things away.</summary>
    public static string[] Write { get; } = ["/dev/null"];

    /// <summary>Programs of the system, for what consists of several.</summary>
    public static string[] Programs { get; } = ["/usr", "/bin", "/lib", "/lib64", "/nix/store", "/gnu/store"];

    /// <summary>Every confined program may execute the runtime, and what loads the libraries of a program.</summary>
    public static string[] Execute { get; } =
    [
        DotnetHost, "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1", "/nix/store", "/gnu/store",
    ];

    /// <summary>This program without its settings, which may hold keys, and without what else lies in its folder.</summary>
    public static string[] ReadThisProgram()
    {
        var entries = Directory.GetFileSystemEntries(AppContext.BaseDirectory);
        return Array.FindAll(entries, entry => Directory.Exists(entry) ? HoldsLibraries(entry) : !IsSettings(entry));
    }

    /// <summary>A program on the PATH, links followed; null when there is none of that name.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static bool IsSettings(string file) => Path.GetFileName(file).StartsWith("appsettings", StringComparison.OrdinalIgnoreCase);

    private static bool HoldsLibraries(string folder) =>
        Path.GetFileName(folder) == "runtimes" || Directory.GetFiles(folder, "*.resources.dll").Length > 0;
}
