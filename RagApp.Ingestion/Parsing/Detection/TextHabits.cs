using System.Text.RegularExpressions;

namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>How people write in formats that look like plain text.</summary>
internal static partial class TextHabits
{
    private const int LinesLookedAt = 20;
    private const int FewestLines = 3;

    /// <summary>Two headings, fences or links in the first few pages.</summary>
    public static bool IsMarkdown(string text) => MarkdownMark().Count(text) >= 2;

    /// <summary>A directive, and a title that is underlined.</summary>
    public static bool IsRst(string text) => RstDirective().IsMatch(text) && RstTitle().IsMatch(text);

    /// <summary>The same number of tabs or semicolons on every line, or at least two commas.</summary>
    public static bool IsTable(string text)
    {
        var lines = text.Split('\n', LinesLookedAt + 1).Take(LinesLookedAt).Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        return lines.Count >= FewestLines && (IsEven(lines, '\t', 1) || IsEven(lines, ';', 2) || IsEven(lines, ',', 2));
    }

    private static bool IsEven(List<string> lines, char delimiter, int fewest)
    {
        var count = lines[0].Count(c => c == delimiter);
        return count >= fewest && lines.TrueForAll(line => line.Count(c => c == delimiter) == count);
    }

    [GeneratedRegex(@"^#{1,6} \S|^```|\]\((https?://|/|#)", RegexOptions.Multiline, 2000)]
    private static partial Regex MarkdownMark();

    [GeneratedRegex(@"^\.\. [a-z][a-z-]{2,30}::", RegexOptions.Multiline, 2000)]
    private static partial Regex RstDirective();

    [GeneratedRegex(@"^\S[^\n]{2,100}\n[=\-~^""*+#]{3,100}$", RegexOptions.Multiline, 2000)]
    private static partial Regex RstTitle();
}
