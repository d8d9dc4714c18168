using RagApp.Parsing.Formats.Pdf.Regions;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>Writes the blocks of all pages: headings, paragraphs that go on over columns and pages, and tables with their repeated header rows once.</summary>
internal sealed class PdfText(IReadOnlyList<PdfBlock> blocks, BlockWriter output)
{
    private const string EndsOfSentences = ".!?:;…。！？";

    private readonly PdfHeadings _headings = new(blocks);
    private readonly DividedWords _words = DividedWords.In(blocks.SelectMany(Texts));
    private string? _lastHeader;

    public void Write()
    {
        for (var at = 0; at < blocks.Count; at++)
        {
            var block = blocks[at];
            if (block.IsTable)
                WriteTable(block, at);
            else if (_headings.LevelOf(at) is > 0 and var level)
                output.Heading(level, LineJoin.Join(block.Lines, _words), block.Page);
            else
                at += WriteParagraph(at);
        }
    }

    /// <summary>Writes the paragraph; returns the number of further blocks over which it goes on.</summary>
    private int WriteParagraph(int at)
    {
        var lines = blocks[at].Lines.ToList();
        var more = 0;
        while (at + more + 1 < blocks.Count && GoesOn(at + more))
            lines.AddRange(blocks[at + ++more].Lines);
        output.Paragraph(LineJoin.Join(lines, _words), blocks[at].Page);
        return more;
    }

    private bool GoesOn(int at)
    {
        var (block, next) = (blocks[at], blocks[at + 1]);
        if (!next.BeginsColumn || next.IsTable || next.Lines.Count == 0 || block.Size != next.Size || block.IsBold != next.IsBold || _headings.LevelOf(at + 1) > 0)
            return false;
        var line = block.Lines[^1];
        return LineJoin.EndsDivided(line) || (!EndsOfSentences.Contains(line[^1], StringComparison.Ordinal) && char.IsLower(next.Lines[0][0]));
    }

    private void WriteTable(PdfBlock table, int at)
    {
        var rows = new PlainRows(output) { Page = table.Page };
        var isContinued = at > 0 && blocks[at - 1].IsTable && table.BeginsColumn && _lastHeader == HeaderOf(table);
        for (var row = isContinued ? 1 : 0; row < table.Rows.Count; row++)
            rows.Add([.. table.Rows[row].Select(cell => cell with { Text = LineJoin.Join(LinesOf(cell), _words) })], isHeader: row == 0 && table.HasHeader);
        rows.End();
        if (!isContinued && !(at > 0 && blocks[at - 1].IsTable && table.BeginsColumn))
            _lastHeader = HeaderOf(table);
    }

    /// <summary>The texts of a block, each with its lines.</summary>
    private static IEnumerable<IReadOnlyList<string>> Texts(PdfBlock block) => block.IsTable ? block.Rows.SelectMany(row => row.Select(LinesOf)) : [block.Lines];

    private static string[] LinesOf(TableCell cell) => cell.Text.Split(TableGrid.NextLine);

    private static string HeaderOf(PdfBlock table) => string.Join('\n', table.Rows[0].Select(cell => cell.Text));
}
