namespace RagApp.Tests;

/// <summary>Where the checkout is, for tests that read it or start what was built in it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The development corpus beside the checkout, or null where there is none.</summary>
    public static string? Corpus =>
        Path.GetFullPath(Path.Combine(Root, "..", "shared", "corpus")) is var path && Directory.Exists(path) ? path : null;

    /// <summary>The assembly of a project, built by the solution beside the tests, in the same configuration.</summary>
    public static string BuiltOutput(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", output.Parent!.Name, output.Name, $"{project}.dll");
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RagApp.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run from a checkout of RagApp.");
    }
}
