using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Markdown;

/// <summary>Tells Markdown from plain text: two headings, fences or links in the first few pages.</summary>
internal static partial class MarkdownSigns
{
    public static bool AreIn(string text) => Mark().Count(text) >= 2;

    [GeneratedRegex(@"^#{1,6} \S|^```|\]\((https?://|/|#)", RegexOptions.Multiline, 2000)]
    private static partial Regex Mark();
}
