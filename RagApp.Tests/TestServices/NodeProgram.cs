namespace RagApp.Tests.TestServices;

/// <summary>Node.js, which runs the npm packages under <c>eng</c>.</summary>
internal static class NodeProgram
{
    /// <summary>Path of the program; null when there is none on the PATH.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    /// <summary>Reason why nothing can be run; null when it can.</summary>
    public static string? Missing => Path is null ? "There is no node on the PATH: install Node.js 18 or newer." : null;
}
