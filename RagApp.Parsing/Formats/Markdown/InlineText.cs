using System.Text;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax.Inlines;

namespace RagApp.Parsing.Formats.Markdown;

/// <summary>The visible text of a paragraph: link texts without their targets, no markup, no tags.</summary>
internal static class InlineText
{
    /// <param name="softBreak">The character written for a line end in the source that is not a line break in the text.</param>
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

    /// <summary>The next inline in document order, found without recursion, because emphasis may be nested to any depth.</summary>
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
