using System.Globalization;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax.Inlines;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Markdown;

/// <summary>The visible text of a paragraph: link texts without their targets, no markup, no tags. Struck-out text and scripts are marked as in every format.</summary>
internal sealed class InlineText
{
    private readonly RunText _text = new();
    private readonly Stack<RunStyle> _styles = new([default(RunStyle)]);
    private readonly char _softBreak;

    private InlineText(char softBreak) => _softBreak = softBreak;

    /// <param name="softBreak">The character written for a line end in the source that is not a line break in the text.</param>
    public static string Of(ContainerInline? inlines, char softBreak = ' ') => Read(inlines, softBreak).Take();

    /// <inheritdoc cref="Of"/>
    public static RunText Read(ContainerInline? inlines, char softBreak = ' ')
    {
        var reader = new InlineText(softBreak);
        for (Inline? inline = inlines?.FirstChild; inline is not null;)
        {
            reader.Append(inline);
            inline = reader.Next(inline, inlines!);
        }
        return reader._text;
    }

    /// <summary>The next inline in document order, found without recursion, because emphasis may be nested to any depth.</summary>
    private Inline? Next(Inline inline, ContainerInline root)
    {
        if (inline is ContainerInline { FirstChild: { } child })
        {
            _styles.Push(StyleOf(inline));
            return child;
        }
        for (Inline? current = inline; current is not null && current != root; current = current.Parent)
        {
            if (current.NextSibling is { } sibling)
                return sibling;
            _styles.TryPop(out _);
        }
        return null;
    }

    private RunStyle StyleOf(Inline inline) => (inline as EmphasisInline) switch
    {
        { DelimiterChar: '~', DelimiterCount: 2 } => _styles.Peek() with { Struck = true },
        { DelimiterChar: '~' } => _styles.Peek() with { Baseline = Baseline.Sub },
        { DelimiterChar: '^' } => _styles.Peek() with { Baseline = Baseline.Super },
        { DelimiterChar: '*' or '_', DelimiterCount: 2 } => _styles.Peek() with { Bold = true },
        _ => _styles.Peek(),
    };

    private void Append(Inline inline)
    {
        var style = _styles.Peek();
        switch (inline)
        {
            case LiteralInline literal:
                _text.Append(literal.Content.ToString(), style);
                break;
            case CodeInline code:
                _text.Append(code.Content, style);
                break;
            case LineBreakInline { IsHard: true }:
                _text.Append('\n', style);
                break;
            case LineBreakInline:
                _text.Append(_softBreak, style);
                break;
            case AutolinkInline link:
                _text.Append(link.Url, style);
                break;
            case HtmlEntityInline entity:
                _text.Append(entity.Transcoded.ToString(), style);
                break;
            case HtmlInline html:
                ReadTag(html.Tag);
                break;
            case FootnoteLink { IsBackLink: false } note:
                _text.Append(string.Create(CultureInfo.InvariantCulture, $" [{note.Footnote.Order}]"), style);
                break;
        }
    }

    /// <summary>Reads a tag that changes the looks of the text up to its end tag.</summary>
    private void ReadTag(string tag)
    {
        var style = _styles.Pop();
        var isOpen = !tag.StartsWith("</", StringComparison.Ordinal);
        _styles.Push(tag.Trim('<', '/', '>', ' ').ToUpperInvariant() switch
        {
            "SUP" => style with { Baseline = isOpen ? Baseline.Super : Baseline.Normal },
            "SUB" => style with { Baseline = isOpen ? Baseline.Sub : Baseline.Normal },
            "DEL" or "S" or "STRIKE" => style with { Struck = isOpen },
            "B" or "STRONG" => style with { Bold = isOpen },
            _ => style,
        });
        if (tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase))
            _text.Append('\n', style);
    }
}
