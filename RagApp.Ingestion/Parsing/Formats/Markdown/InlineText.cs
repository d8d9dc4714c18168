using System.Text;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax.Inlines;

namespace RagApp.Ingestion.Parsing.Formats.Markdown;

/// <summary>The words of a paragraph as a reader sees them: link texts without their targets, no marks, no tags.</summary>
internal static class InlineText
{
    /// <param name="softBreak">What stands for a line's end that is none to a reader.</param>
    public static string Of(ContainerInline? inlines, char softBreak = ' ')
    {
        var text = new StringBuilder();
        for (Inline? inline = inlines?.FirstChild; inline is not null;)
        {
            Append(text, inline, softBreak);
            inline = Next(inline, inlines!);
        }
        return text.ToString();
    }

    /// <summary>In document order without recursion: emphasis may be nested as deep as a file likes.</summary>
    private static Inline? Next(Inline inline, ContainerInline root)
    {
        if (inline is ContainerInline { FirstChild: { } child })
            return child;
        for (Inline? current = inline; current is not null && current != root; current = current.Parent)
        {
            if (current.NextSibling is { } sibling)
                return sibling;
        }
        return null;
    }

    private static void Append(StringBuilder text, Inline inline, char softBreak)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case LineBreakInline { IsHard: true }:
                text.Append('\n');
                break;
            case LineBreakInline:
                text.Append(softBreak);
                break;
            case AutolinkInline link:
                text.Append(link.Url);
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case HtmlInline { Tag: var tag } when tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase):
                text.Append('\n');
                break;
            case FootnoteLink { IsBackLink: false } note:
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[{note.Footnote.Order}]");
                break;
        }
    }
}
