using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Markdown;

/// <summary>
/// Removes the template tags of site generators (Jekyll, Eleventy, Hugo) and keeps the text that a reader of the finished
/// page would see:
/// <code>
/// ask in {% channel "news" %}                     ->  ask in news
/// [Travel]({% page "/travel/" %})                 ->  [Travel](#)
/// {% image "img/a.png" "choosing a city" %}       ->  choosing a city
/// {% comment %}not yet{% endcomment %}            ->
/// </code>
/// </summary>
internal static partial class TemplateTags
{
    public static string Strip(string text)
    {
        if (!text.Contains("{%", StringComparison.Ordinal) && !text.Contains("{{", StringComparison.Ordinal))
            return text;
        text = Comment().Replace(text, "");
        text = LinkTarget().Replace(text, "](#)");
        text = Tag().Replace(text, tag => VisibleArgument(tag.Value));
        return Expression().Replace(text, "");
    }

    /// <summary>The text that a tag shows: its last quoted argument, unless that is a path.</summary>
    private static string VisibleArgument(string tag)
    {
        var last = Quoted().Matches(tag).LastOrDefault()?.Value.Trim('"', '\'') ?? "";
        return last.Contains('/', StringComparison.Ordinal) || Path.HasExtension(last) ? "" : last;
    }

    [GeneratedRegex(@"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", RegexOptions.Singleline, 2000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\]\([^()\n]{0,500}(\{%[^%\n]{0,500}%\}|\{\{[^}\n]{0,500}\}\})[^()\n]{0,500}\)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"\{%[^%]{0,1000}%\}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{\{[^}]{0,1000}\}\}", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"""[^""]*""|'[^']*'", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Quoted();
}
