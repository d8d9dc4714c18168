using System.Collections.Frozen;

namespace RagApp.Ingestion.Parsing.Formats.Zip;

/// <summary>What operating systems and programs put into folders without anybody asking.</summary>
internal static class SystemFiles
{
    private const string MacResources = "__MACOSX/";

    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, ".DS_Store", "Thumbs.db", "desktop.ini");

    public static bool Is(string name)
    {
        var file = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.StartsWith(MacResources, StringComparison.Ordinal)
            || Names.Contains(file)
            || file.StartsWith("~$", StringComparison.Ordinal) // Office's mark that a document is open
            || file.StartsWith("._", StringComparison.Ordinal);
    }
}
