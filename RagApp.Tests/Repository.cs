namespace RagApp.Tests;

/// <summary>Where the checkout is, for tests that read it or start what was built in it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The development corpus beside the checkout, or null where there is none.</summary>
    public static string? Corpus =>
        Path.GetFullPath(Path.Combine(Root, "..", "shared", "corpus")) is var path && Directory.Exists(path) ? path : null;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RagApp.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run from a checkout of RagApp.");
    }
}
