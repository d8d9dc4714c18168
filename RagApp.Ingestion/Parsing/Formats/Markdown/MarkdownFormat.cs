using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using RagApp.Ingestion.Parsing.Formats.Html;
using RagApp.Ingestion.Parsing.Formats.PlainText;

namespace RagApp.Ingestion.Parsing.Formats.Markdown;

/// <summary>Markdown with tables, front matter and template tags. HTML in it is read as HTML.</summary>
internal sealed class MarkdownFormat : IDocumentFormat
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseGridTables()
        .UseEmphasisExtras()
        .UseFootnotes()
        .UseDefinitionLists()
        .Build();

    public string ContentType => MediaTypes.Markdown;

    public void Read(Stream file, BlockWriter output)
    {
        var (title, body) = FrontMatter.Split(TextDecoder.DecodeAll(file));
        output.SetTitle(title);
        var text = TemplateTags.Strip(body);
        if (Parse(text) is { } document)
        {
            ReadAsides(document, output);
            ReadBlocks(document, output, inList: false);
        }
        else
            ReadAsPlainText(text, output);
        if (output.Properties.Title is null && output.Blocks is [{ Kind: BlockKind.Heading, Level: 1 } heading, ..])
            output.SetTitle(heading.Text);
    }

    /// <summary>Null when blocks nest deeper than Markdig goes, which is deeper than anybody writes.</summary>
    private static MarkdownDocument? Parse(string text)
    {
        try
        {
            return Markdig.Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Targets and titles of links and pictures; their texts are in the text.</summary>
    private static void ReadAsides(MarkdownDocument document, BlockWriter output)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            output.Aside(link.Title ?? "");
            if (link.Url is { } url && !url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
                output.Aside(Uri.UnescapeDataString(url));
        }
    }

    private static void ReadAsPlainText(string text, BlockWriter output)
    {
        output.Warn("The Markdown is nested too deep to be understood and was read as plain text.");
        PlainTextFormat.ReadText(text, output);
    }

    /// <summary>Markdig limits how deep blocks nest, so recursion is safe here.</summary>
    private static void ReadBlocks(ContainerBlock container, BlockWriter output, bool inList)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    output.Heading(heading.Level, InlineText.Of(heading.Inline));
                    break;
                case Table table:
                    ReadTable(table, output);
                    break;
                case ListItemBlock item:
                    ReadBlocks(item, output, inList: true);
                    break;
                case ContainerBlock inner:
                    ReadBlocks(inner, output, inList);
                    break;
                case ParagraphBlock paragraph when inList:
                    output.ListItem(InlineText.Of(paragraph.Inline));
                    break;
                case ParagraphBlock paragraph when !PipeRows.TryRead(paragraph, output):
                    output.Paragraph(InlineText.Of(paragraph.Inline));
                    break;
                case HtmlBlock html:
                    HtmlFormat.ReadFragment(html.Lines.ToString(), output);
                    break;
                case CodeBlock code:
                    output.Code(code.Lines.ToString());
                    break;
            }
        }
    }

    private static void ReadTable(Table table, BlockWriter output)
    {
        foreach (var row in table.OfType<TableRow>())
            output.TableRow(row.OfType<TableCell>().Select(cell => string.Join(' ', cell.OfType<ParagraphBlock>().Select(p => InlineText.Of(p.Inline)))));
    }
}
