using System.Globalization;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using RagApp.Parsing.Formats.Html;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Markdown;

/// <summary>Writes the blocks of a Markdown document. It recurses, which is safe because Markdig limits their depth.</summary>
internal sealed class MarkdownBlocks(BlockWriter output)
{
    private int _listDepth;

    /// <summary>Text before the next paragraph of a list: the number of its item, or the terms it defines; empty for none.</summary>
    private string _mark = "";

    public void Read(ContainerBlock container)
    {
        foreach (var block in container)
            ReadBlock(block);
    }

    private void ReadBlock(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                output.Heading(heading.Level, InlineText.Of(heading.Inline));
                break;
            case Table table:
                ReadTable(table);
                break;
            case ListBlock list:
                ReadList(list);
                break;
            case DefinitionItem definition:
                ReadDefinition(definition);
                break;
            case ContainerBlock inner:
                Read(inner);
                break;
            case ParagraphBlock paragraph when _listDepth > 0:
                output.ListItem(InlineText.Of(paragraph.Inline), number: _mark);
                _mark = "";
                break;
            case ParagraphBlock paragraph when !PipeRows.TryRead(paragraph, output):
                var text = InlineText.Read(paragraph.Inline);
                var isBold = text.IsBold;
                output.Paragraph(text.Take(), isBold: isBold);
                break;
            case HtmlBlock html:
                HtmlFormat.ReadFragment(html.Lines.ToString(), output);
                break;
            case CodeBlock code:
                output.Code(code.Lines.ToString());
                break;
        }
    }

    /// <summary>Reads a list; its numbers go on from the first one, whatever the others are in the source.</summary>
    private void ReadList(ListBlock list)
    {
        _listDepth++;
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1L;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            _mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}{list.OrderedDelimiter}") : "";
            Read(item);
        }
        _mark = "";
        _listDepth--;
    }

    private void ReadDefinition(DefinitionItem definition)
    {
        _listDepth++;
        _mark = string.Join(", ", definition.OfType<DefinitionTerm>().Select(term => InlineText.Of(term.Inline).Trim(' ', ':'))) + ":";
        foreach (var block in definition.Where(block => block is not DefinitionTerm))
            ReadBlock(block);
        _mark = "";
        _listDepth--;
    }

    private void ReadTable(Table table)
    {
        var rows = new PlainRows(output);
        foreach (var row in table.OfType<Markdig.Extensions.Tables.TableRow>())
        {
            var cells = new List<Tables.TableCell>();
            foreach (var cell in row.OfType<Markdig.Extensions.Tables.TableCell>())
            {
                var texts = cell.OfType<ParagraphBlock>().Select(paragraph => InlineText.Read(paragraph.Inline)).ToList();
                var isBold = texts.TrueForAll(text => text.IsBold);
                cells.Add(new Tables.TableCell(
                    rows.NextFree(cells.Count > 0 ? cells[^1].End : 0), string.Join(' ', texts.Select(text => text.Take())), Math.Max(1, cell.ColumnSpan), Math.Max(1, cell.RowSpan), isBold));
            }
            rows.Add(cells, row.IsHeader);
        }
        rows.End();
    }
}
