using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using PageBlock = UglyToad.PdfPig.DocumentLayoutAnalysis.TextBlock;

namespace RagApp.Ingestion.Parsing.Formats.Pdf;

/// <summary>Letters of a page to words, words to blocks, blocks into reading order.</summary>
internal static class PdfPageLayout
{
    public static IEnumerable<PdfBlock> Read(Page page)
    {
        var letters = page.Letters;
        if (letters.Count == 0)
            return [];
        var words = NearestNeighbourWordExtractor.Instance.GetWords(letters).ToList();
        var blocks = UnsupervisedReadingOrderDetector.Instance.Get(DocstrumBoundingBoxes.Instance.GetBlocks(words));
        return blocks.Select(block => new PdfBlock(JoinLines(block.TextLines), SizeOf(block), block.TextLines.Count, page.Number)).ToList();
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
