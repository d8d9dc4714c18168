using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Markdown;

/// <summary>
/// Front matter at the start of a Markdown file, of which only the title is read:
/// <code>
/// ---
/// title: "Leave policy"
/// tags: [leave]
/// ---
/// </code>
/// </summary>
internal static partial class FrontMatter
{
    /// <summary>Returns the title, or null, and the text after the front matter.</summary>
    public static (string? Title, string Body) Split(string text)
    {
        if (Head().Match(text) is not { Success: true } head)
            return (null, text);
        var title = TitleLine().Match(head.Groups[1].Value) is { Success: true } line
            ? line.Groups[1].Value.Trim().Trim('"', '\'')
            : null;
        return (title, text[head.Length..]);
    }

    [GeneratedRegex(@"\A---[ \t]*\n((?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\z)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Head();

    [GeneratedRegex(@"^title:[ \t]*([^\n]+)$", RegexOptions.Multiline | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex TitleLine();
}
