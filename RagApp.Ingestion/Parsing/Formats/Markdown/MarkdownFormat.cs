using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using RagApp.Ingestion.Parsing.Formats.Html;

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
        var document = Markdig.Markdown.Parse(TemplateTags.Strip(body), Pipeline);
        ReadBlocks(document, output, inList: false);
        if (output.Title is null && output.Blocks is [{ Kind: BlockKind.Heading, Level: 1 } heading, ..])
            output.SetTitle(heading.Text);
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
                case ParagraphBlock paragraph:
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
