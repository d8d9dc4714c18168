using System.Collections.Frozen;
using System.Text;

namespace RagApp.Parsing.Formats.Html;

/// <summary>
/// Removes tags that are nested deeper than in any real page. The standard HTML parsing algorithm looks through all
/// open elements at almost every tag: 100,000 nested elements take minutes. Browsers use the same limit.
/// </summary>
internal static class HtmlNesting
{
    /// <summary>Largest depth of elements that need an end tag. Deeper elements lose their tags but not their text.</summary>
    public const int Deepest = 512;

    /// <summary>Elements that end without an end tag and so never accumulate.</summary>
    private static readonly FrozenSet<string> EndByThemselves = new[]
    {
        "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link", "meta",
        "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Elements whose content is not markup.</summary>
    private static readonly FrozenSet<string> Raw =
        new[] { "script", "style", "textarea", "title" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string Limit(string html)
    {
        var page = html.AsSpan();
        StringBuilder? limited = null;
        var (depth, kept, at) = (0, 0, 0);
        while (at < page.Length && page[at..].IndexOf('<') is >= 0 and var distance)
        {
            var start = at + distance;
            if (page[start..].StartsWith("<!--"))
            {
                at = After(page, start, "-->");
                continue;
            }
            var closes = page[start..].StartsWith("</");
            var name = NameAt(page, start + (closes ? 2 : 1));
            at = name.IsEmpty ? start + 1 : EndOfTag(page, start);
            if (name.IsEmpty || EndByThemselves.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
                continue;
            if (Raw.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            {
                at = closes ? at : After(page, at, $"</{name}");
                continue;
            }
            if (closes ? depth-- > Deepest : ++depth > Deepest)
            {
                (limited ??= new StringBuilder(html.Length)).Append(page[kept..start]).Append(' ');
                kept = at;
            }
            depth = Math.Max(depth, 0);
        }
        return limited is null ? html : limited.Append(page[kept..]).ToString();
    }

    private static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> page, int at)
    {
        var end = at;
        while (end < page.Length && (char.IsAsciiLetter(page[end]) || (end > at && (char.IsAsciiDigit(page[end]) || page[end] == '-'))))
            end++;
        return page[Math.Min(at, page.Length)..end];
    }

    /// <summary>The position after the <c>&gt;</c> that ends a tag; a <c>&gt;</c> in a quoted attribute does not count.</summary>
    private static int EndOfTag(ReadOnlySpan<char> page, int at)
    {
        while (at < page.Length)
        {
            var distance = page[at..].IndexOfAny('>', '"', '\'');
            if (distance < 0)
                return page.Length;
            at += distance;
            var mark = page[at++];
            if (mark == '>')
                return at;
            var close = page[at..].IndexOf(mark);
            at = close < 0 ? page.Length : at + close + 1;
        }
        return page.Length;
    }

    private static int After(ReadOnlySpan<char> page, int at, string mark)
    {
        var found = page[at..].IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? page.Length : at + found + mark.Length;
    }
}
