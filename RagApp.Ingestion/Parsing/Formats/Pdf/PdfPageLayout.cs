using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Util;
using PageBlock = UglyToad.PdfPig.DocumentLayoutAnalysis.TextBlock;

namespace RagApp.Ingestion.Parsing.Formats.Pdf;

/// <summary>
/// Letters of a page to words, words to blocks, blocks into reading order. Cutting the page along its white
/// space keeps the words of a line in order on every file tried; growing lines from nearest neighbours
/// (Docstrum) mixed the lines of justified text, but reads text that is turned, which cutting does not.
/// </summary>
internal static class PdfPageLayout
{
    public static IEnumerable<PdfBlock> Read(Page page)
    {
        var letters = page.Letters;
        if (letters.Count == 0)
            return [];
        var blocks = UnsupervisedReadingOrderDetector.Instance.Get(IsUpright(letters)
            ? RecursiveXYCut.Instance.GetBlocks(DefaultWordExtractor.Instance.GetWords(letters))
            : DocstrumBoundingBoxes.Instance.GetBlocks(NearestNeighbourWordExtractor.Instance.GetWords(letters)));
        return Rows(blocks).Select(row => ToBlock(row, page.Number)).ToList();
    }

    /// <summary>Single lines that follow each other at the same height are the cells of a row.</summary>
    private static List<List<PageBlock>> Rows(IEnumerable<PageBlock> blocks)
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

    private static PdfBlock ToBlock(List<PageBlock> row, int page)
    {
        var cells = row.Select(block => JoinLines(block.TextLines)).ToList();
        return new PdfBlock(string.Join(' ', cells), SizeOf(row[0]), row[0].TextLines.Count, page, cells);
    }

    private static bool IsUpright(IReadOnlyList<Letter> letters) =>
        letters.Count(letter => letter.TextOrientation == TextOrientation.Horizontal) * 2 >= letters.Count;

    /// <summary>A word cut by a hyphen at the end of a line becomes whole again.</summary>
    private static string JoinLines(IReadOnlyList<TextLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var words = line.Text.Trim();
            if (words.Length == 0)
                continue;
            if (text.Length > 1 && text[^1] is '-' or '\u00AD' && char.IsLower(text[^2]) && char.IsLower(words[0]))
                text.Length--;
            else if (text.Length > 0)
                text.Append(' ');
            text.Append(words);
        }
        return text.ToString();
    }

    private static double SizeOf(PageBlock block)
    {
        var sizes = block.TextLines.SelectMany(line => line.Words).SelectMany(word => word.Letters)
            .Select(letter => letter.PointSize).Order().ToList();
        return sizes.Count == 0 ? 0 : Math.Round(sizes[sizes.Count / 2] * 2) / 2;
    }
}
