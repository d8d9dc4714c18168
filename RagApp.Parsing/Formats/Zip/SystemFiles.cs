using System.Collections.Frozen;

namespace RagApp.Parsing.Formats.Zip;

/// <summary>Recognizes files that operating systems and programs put into folders unasked.</summary>
internal static class SystemFiles
{
    private const string MacResources = "__MACOSX/";

    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, ".DS_Store", "Thumbs.db", "desktop.ini");

    public static bool Is(string name)
    {
        var file = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.StartsWith(MacResources, StringComparison.Ordinal)
            || Names.Contains(file)
            || file.StartsWith("~$", StringComparison.Ordinal) // lock file of a document open in Office
            || file.StartsWith("._", StringComparison.Ordinal);
    }
}
