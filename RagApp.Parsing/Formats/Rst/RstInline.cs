using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Rst;

/// <summary>Removes inline markup: <c>:ref:`Travel &lt;travel>`</c> becomes Travel, <c>**no**</c> becomes no.</summary>
internal static partial class RstInline
{
    public static string Text(string text)
    {
        text = Interpreted().Replace(text, match => WithoutTarget(match.Groups["text"].Value));
        text = Emphasis().Replace(text, "$2");
        return Reference().Replace(text, "$1");
    }

    private static string WithoutTarget(string text) => Target().Replace(text, "") is { Length: > 0 } shown ? shown : text;

    [GeneratedRegex(@"(:[\w:+.-]{1,40}:)?(``(?<text>[^`]+)``|`(?<text>[^`]+)`)_{0,2}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Interpreted();

    [GeneratedRegex(@"\s*<[^<>]*>$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Target();

    [GeneratedRegex(@"(?<!\w)(\*{1,2}|\|)(?=\S)([^*|\n]+?)(?<=\S)\1(?!\w)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\b(\w+)_{1,2}(?!\w)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Reference();
}
