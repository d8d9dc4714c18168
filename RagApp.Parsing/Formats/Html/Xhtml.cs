using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Html;

/// <summary>
/// Expands empty elements in web pages written as XML. In HTML, <c>&lt;title/></c> would open a title that contains the rest of
/// the page.
/// </summary>
internal static partial class Xhtml
{
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    };

    public static bool Is(string text) => text.AsSpan().TrimStart().StartsWith("<?xml", StringComparison.Ordinal);

    public static string AsHtml(string text) => ClosedInPlace().Replace(text, match =>
        Void.Contains(match.Groups["name"].Value) ? match.Value : $"<{match.Groups["name"].Value}{match.Groups["rest"].Value}></{match.Groups["name"].Value}>");

    [GeneratedRegex(@"<(?<name>[A-Za-z][\w:-]*)(?<rest>(\s[^<>]*)?)/>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ClosedInPlace();
}
