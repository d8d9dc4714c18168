using System.Text.RegularExpressions;

namespace RagApp.Ingestion.Parsing.Formats.Html;

/// <summary>
/// Web pages written as XML close empty elements in place. To a reader of HTML, <c>&lt;title/></c> opens a title
/// that takes in the whole page.
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
