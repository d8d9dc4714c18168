using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Util;
using PageBlock = UglyToad.PdfPig.DocumentLayoutAnalysis.TextBlock;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>
/// Groups the letters of a page into words and blocks, in reading order. Horizontal text is cut along white space
/// (recursive XY cut), which kept the words of a line in order on every file tried. Rotated text is grouped by nearest
/// neighbours (Docstrum), because XY cut cannot read it; Docstrum mixed up lines of justified text. The letters are
/// therefore separated by orientation first.
/// </summary>
internal static class PdfPageLayout
{
    public static IEnumerable<PdfBlock> Read(Page page)
    {
        var blocks = page.Letters
            .GroupBy(letter => letter.TextOrientation)
            .OrderBy(group => group.Key != TextOrientation.Horizontal)
            .SelectMany(group => Blocks(group.Key, [.. group]));
        return PdfRows.Group(blocks).Select(row => ToBlock(row, page.Number)).ToList();
    }

    private static IEnumerable<PageBlock> Blocks(TextOrientation orientation, IReadOnlyList<Letter> letters) =>
        UnsupervisedReadingOrderDetector.Instance.Get(orientation == TextOrientation.Horizontal
            ? RecursiveXYCut.Instance.GetBlocks(DefaultWordExtractor.Instance.GetWords(letters))
            : DocstrumBoundingBoxes.Instance.GetBlocks(NearestNeighbourWordExtractor.Instance.GetWords(letters)));

    private static PdfBlock ToBlock(PdfRow row, int page)
    {
        var texts = row.Blocks.Select(block => JoinLines(block.TextLines)).ToList();
        var text = string.Join(' ', texts);
        return new PdfBlock(text, SizeOf(row.Blocks[0]), row.Blocks[0].TextLines.Count, page, row.IsOfTable ? texts : [text]);
    }

    /// <summary>Joins lines, and words hyphenated at the end of a line.</summary>
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
