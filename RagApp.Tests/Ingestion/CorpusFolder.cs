namespace RagApp.Tests.Ingestion;

/// <summary>The development corpus, which lies beside the repository where there is one.</summary>
internal static class CorpusFolder
{
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "RagApp.sln")))
                continue;
            var corpus = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.FullName, "..", "shared", "corpus"));
            return Directory.Exists(corpus) ? corpus : null;
        }
        return null;
    }
}
