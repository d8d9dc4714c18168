using RagApp.Parsing.Formats.Pdf.Glyphs;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>
/// Reads the pieces of a page or column in the order in which people read them: bands from top to bottom; in each, tables by row, columns of text one after the
/// other, and lines as paragraphs.
/// </summary>
/// <param name="heads">Turned texts that may stand over the columns of a table.</param>
internal sealed class RegionReader(PageRules rules, IReadOnlyList<ColumnHead> heads)
{
    private const int Deepest = 8;

    /// <summary>Largest number of pieces that are looked at for columns and tables; a page with more is a drawing.</summary>
    private const int MostPieces = 20_000;

    /// <summary>Ratio of a gap to the usual distance of rows from which two tables stand one below the other.</summary>
    private const double OtherTable = 2.4, OtherRows = 1.4;

    private readonly BandJudge _judge = new(rules);

    public List<PdfBlock> Read(IReadOnlyList<LinePiece> pieces)
    {
        var blocks = new List<PdfBlock>();
        if (pieces.Count > MostPieces)
            blocks.AddRange(Paragraphs.Of(PieceRow.Of(pieces)));
        else
            Read(pieces, blocks, depth: 0);
        return blocks;
    }

    private void Read(IEnumerable<LinePiece> pieces, List<PdfBlock> blocks, int depth)
    {
        var (lines, start) = (new List<PieceRow>(), blocks.Count);
        foreach (var band in Band.Of(PieceRow.Of(pieces)))
        {
            var gutters = depth < Deepest ? band.Gutters : [];
            switch (_judge.Judge(band, gutters))
            {
                case BandKind.Lines:
                    lines.AddRange(band.Rows);
                    break;
                case BandKind.List when gutters.Count == 1:
                    lines.AddRange(WithSigns(band, gutters[0]).Select(piece => new PieceRow(piece)));
                    break;
                case BandKind.List:
                    End(lines, blocks);
                    Read(WithSigns(band, gutters[0]), blocks, depth + 1);
                    break;
                case BandKind.NumberedLines:
                    lines.AddRange(band.Rows.SelectMany(row => row.Pieces).Where(piece => piece.Left >= gutters[0].Middle).Select(piece => new PieceRow(piece)));
                    break;
                case BandKind.Columns:
                    End(lines, blocks);
                    foreach (var column in BandColumn.Of(band.Rows, gutters))
                        ReadColumn(column.Pieces, blocks, depth);
                    break;
                default:
                    End(lines, blocks);
                    ReadTable(band, gutters, blocks, depth);
                    break;
            }
        }
        End(lines, blocks);
        if (blocks.Count > start)
            blocks[start] = blocks[start] with { BeginsColumn = true };
    }

    private static void End(List<PieceRow> lines, List<PdfBlock> blocks)
    {
        blocks.AddRange(Paragraphs.Of(lines));
        lines.Clear();
    }

    private void ReadColumn(IReadOnlyList<LinePiece> pieces, List<PdfBlock> blocks, int depth)
    {
        if (pieces.Count > 0)
            Read(pieces, blocks, depth + 1);
    }

    private void ReadTable(Band band, List<Gutter> gutters, List<PdfBlock> blocks, int depth)
    {
        if (Parts(band, gutters[0]) is { Count: > 1 } parts)
        {
            foreach (var part in parts)
                Read(part.SelectMany(row => row.Pieces), blocks, depth + 1);
            return;
        }
        if (new TwoTables(rules, band, gutters).Find() is { } gutter)
        {
            var pieces = band.Rows.SelectMany(row => row.Pieces).ToLookup(piece => (piece.Left + piece.Right) / 2 < gutter.Middle);
            Read(pieces[true], blocks, depth + 1);
            Read(pieces[false], blocks, depth + 1);
            return;
        }
        var before = band.Rows.TakeWhile(row => row.Pieces.Count == 1 && row.Right < gutters[0].Right).ToList();
        band.Rows.RemoveRange(0, before.Count);
        blocks.AddRange(Paragraphs.Of(before));
        var after = After(band, gutters);
        band.Rows.RemoveRange(band.Rows.Count - after.Count, after.Count);
        blocks.Add(new TableGrid(rules, band, gutters).Read(heads));
        blocks.AddRange(Paragraphs.Of(after));
    }

    /// <summary>The lines below a table that stand in its first column, further down than its rows.</summary>
    private static List<PieceRow> After(Band band, List<Gutter> gutters)
    {
        var usual = Usual(band.Rows);
        var at = band.Rows.Count;
        while (at > 1 && band.Rows[at - 1].Pieces.Count == 1 && band.Rows[at - 1].Right < gutters[0].Right)
            at--;
        while (at < band.Rows.Count && band.Rows[at - 1].Baseline - band.Rows[at].Baseline < 1.2 * usual)
            at++;
        return band.Rows[at..];
    }

    /// <summary>The rows in groups with wide gaps between them; smaller ones are enough above rows without a first cell, such as sums.</summary>
    private static List<List<PieceRow>> Parts(Band band, Gutter first)
    {
        var usual = Usual(band.Rows);
        var parts = new List<List<PieceRow>>();
        foreach (var row in band.Rows)
        {
            if (parts.Count == 0 || parts[^1][^1].Baseline - row.Baseline > (row.Left > first.Left ? OtherRows : OtherTable) * usual)
                parts.Add([]);
            parts[^1].Add(row);
        }
        return parts.Count(part => part.Count > 1) > 1 ? parts : [];
    }

    private static double Usual(List<PieceRow> rows)
    {
        var steps = rows.Zip(rows.Skip(1), (one, next) => one.Baseline - next.Baseline).Order().ToList();
        return steps.Count == 0 ? 0 : steps[steps.Count / 2];
    }

    /// <summary>The pieces with each sign or number of a list before its text.</summary>
    private static IEnumerable<LinePiece> WithSigns(Band band, Gutter gutter)
    {
        foreach (var row in band.Rows)
        {
            var isSigned = row.Pieces.Count > 1 && row.Pieces[0].Right <= gutter.Middle && row.Pieces[1].Left >= gutter.Middle;
            if (isSigned)
                yield return LinePiece.Join([row.Pieces[0], row.Pieces[1]]) with { Size = row.Pieces[1].Size, IsBold = row.Pieces[1].IsBold };
            foreach (var piece in row.Pieces.Skip(isSigned ? 2 : 0))
                yield return piece;
        }
    }
}
