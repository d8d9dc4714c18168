namespace RagApp.Tests;

/// <summary>Locates the checkout, for tests that read its files or start programs built in it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Path of the development corpus beside the checkout; null when there is none.</summary>
    public static string? Corpus =>
        Path.GetFullPath(Path.Combine(Root, "..", "shared", "corpus")) is var path && Directory.Exists(path) ? path : null;

    /// <summary>Configuration in which the tests were built: Debug or Release.</summary>
    public static string Configuration => Output.Parent!.Name;

    /// <summary>Assembly of a project, which the solution builds next to the tests in the same configuration.</summary>
    public static string BuiltOutput(string project) => Path.Combine(Root, project, "bin", Configuration, Output.Name, $"{project}.dll");

    /// <summary>Source files of all projects except tests and benchmarks, as paths relative to the root.</summary>
    public static IEnumerable<string> Sources() =>
        from project in Directory.EnumerateDirectories(Root, "RagApp.*")
        where !Path.GetFileName(project).StartsWith("RagApp.Tests", StringComparison.Ordinal) && Path.GetFileName(project) != "RagApp.Benchmarks"
        from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file)
        where path.Split(Path.DirectorySeparatorChar)[1] is not ("obj" or "bin")
        select path;

    private static DirectoryInfo Output => new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RagApp.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run from a checkout of RagApp.");
    }
}
