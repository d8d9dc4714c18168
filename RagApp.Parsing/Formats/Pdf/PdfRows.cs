using PageBlock = UglyToad.PdfPig.DocumentLayoutAnalysis.TextBlock;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>
/// Finds table rows, which a PDF does not mark: single-line blocks at the same height. A single such row may be words
/// spread by justification, so a second row is required whose cells are aligned with it.
/// </summary>
internal static class PdfRows
{
    /// <summary>Largest difference in points between the left or right edges of cells in one column.</summary>
    private const double Alignment = 3;

    public static IEnumerable<PdfRow> Group(IEnumerable<PageBlock> blocks)
    {
        var rows = SideBySide(blocks);
        return rows.Select((row, at) => new PdfRow(row, row.Count > 1 && (IsLike(row, rows, at - 1) || IsLike(row, rows, at + 1) || HasWideCells(row))));
    }

    private static List<List<PageBlock>> SideBySide(IEnumerable<PageBlock> blocks)
    {
        var rows = new List<List<PageBlock>>();
        foreach (var block in blocks)
        {
            if (rows is [.., [.., var before] row] && IsNextCell(before, block))
                row.Add(block);
            else
                rows.Add([block]);
        }
        return rows;
    }

    private static bool IsNextCell(PageBlock before, PageBlock block)
    {
        var (left, right) = (before.BoundingBox, block.BoundingBox);
        var overlap = Math.Min(left.Top, right.Top) - Math.Max(left.Bottom, right.Bottom);
        return before.TextLines.Count == 1 && block.TextLines.Count == 1
            && right.Left > left.Right && overlap > Math.Min(left.Height, right.Height) / 2;
    }

    /// <summary>True when the row at <paramref name="at"/> has two cells in columns of this row.</summary>
    private static bool IsLike(List<PageBlock> row, List<List<PageBlock>> rows, int at) =>
        at >= 0 && at < rows.Count && rows[at].Count > 1
        && row.Count(cell => rows[at].Any(other => IsInColumn(cell, other))) >= 2;

    private static bool IsInColumn(PageBlock cell, PageBlock other) =>
        Math.Abs(cell.BoundingBox.Left - other.BoundingBox.Left) < Alignment
        || Math.Abs(cell.BoundingBox.Right - other.BoundingBox.Right) < Alignment;

    /// <summary>True when all gaps are much wider than a space, as between columns and never between words.</summary>
    private static bool HasWideCells(List<PageBlock> row) =>
        row.Zip(row.Skip(1)).All(pair => pair.Second.BoundingBox.Left - pair.First.BoundingBox.Right > 2 * pair.First.BoundingBox.Height);
}
