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
/// (Docstrum) mixed the lines of justified text, but reads text that is turned, which cutting does not. So the
/// letters are told apart by the way they stand.
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
