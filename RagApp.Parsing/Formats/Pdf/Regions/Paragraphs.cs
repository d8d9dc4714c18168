using System.Text.RegularExpressions;
using RagApp.Parsing.Formats.Pdf.Glyphs;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>Groups lines into paragraphs: by the space between them, the size and weight of their letters, indents and the signs of lists.</summary>
internal static partial class Paragraphs
{
    private const double OtherSize = 1.12;
    private const double Indent = 0.8;

    /// <summary>Largest distance of two lines of a paragraph, in the usual one of the region.</summary>
    private const double Apart = 1.32;

    /// <summary>Largest usual distance of lines in the size of the letters, in few or short lines and in running text.</summary>
    private const double UsualStep = 1.7, LongestStep = 2.6;

    private const int FewestLines = 6;
    private const int LettersOfProse = 40;

    /// <summary>Smallest gap in a line that stands between two texts and not between two words, in the size of the letters.</summary>
    private const double WideGap = 2;

    private const string EndsOfSentences = ".!?:;…”\"。！？»)";

    public static IEnumerable<PdfBlock> Of(IReadOnlyList<PieceRow> rows)
    {
        if (rows.Count == 0)
            yield break;
        var lines = rows.Select(row => LinePiece.Join(row.Pieces)).ToList();
        var (usual, left, right) = (UsualOf(lines), lines.Min(line => line.Left), lines.Max(line => line.Right));
        for (int start = 0, at = 1; at <= lines.Count; at++)
        {
            if (at < lines.Count && !IsWide(rows[at]) && !IsWide(rows[at - 1]) && !Ends(lines[at - 1], lines[at], usual, left, right) && !BothNumbered(lines[start], lines[at]))
                continue;
            yield return IsWide(rows[start]) ? Row(rows[start]) : Block(lines[start..at]);
            start = at;
        }
    }

    private static bool IsWide(PieceRow row)
    {
        for (var at = 1; at < row.Pieces.Count; at++)
        {
            if (row.Pieces[at].Left - row.Pieces[at - 1].Right < WideGap * row.Size)
                return false;
        }
        return row.Pieces.Count > 1 && row.Pieces.Min(piece => piece.Letters) < LettersOfProse;
    }

    private static PdfBlock Row(PieceRow row)
    {
        var line = LinePiece.Join(row.Pieces);
        var texts = row.Pieces.Select(piece => piece.Text);
        List<TableCell> cells = [.. (line.IsRightToLeft ? texts.Reverse() : texts).Select((text, at) => new TableCell(at, text))];
        return new PdfBlock([line.Text], line.Size, line.IsBold) { Rows = [cells] };
    }

    private static PdfBlock Block(List<LinePiece> lines)
    {
        var sizes = lines.Select(line => line.Size).Order().ToList();
        return new PdfBlock(lines.ConvertAll(line => line.Text), sizes[sizes.Count / 2], lines.TrueForAll(line => line.IsBold));
    }

    private static double UsualOf(List<LinePiece> lines)
    {
        var steps = lines.Zip(lines.Skip(1), (one, next) => (one.Baseline - next.Baseline) / Math.Max(one.Size, next.Size)).Where(step => step is > 0.5 and < 3).Order().ToList();
        if (steps.Count == 0)
            return UsualStep;
        var isProse = lines.Count >= FewestLines && lines.Average(line => line.Letters) >= LettersOfProse;
        return Math.Min(steps[steps.Count / 2], isProse ? LongestStep : UsualStep);
    }

    /// <summary>True for the first lines of two items of a list.</summary>
    private static bool BothNumbered(LinePiece item, LinePiece next) =>
        Number().IsMatch(item.Text) && Number().IsMatch(next.Text) && Math.Abs(item.Left - next.Left) < Indent * item.Size;

    /// <summary>True when a paragraph ends with the first line.</summary>
    private static bool Ends(LinePiece line, LinePiece next, double usual, double left, double right)
    {
        var size = Math.Max(line.Size, next.Size);
        if (line.Baseline - next.Baseline > Apart * usual * size || line.Baseline <= next.Baseline || size > OtherSize * Math.Min(line.Size, next.Size))
            return true;
        var isFull = line.Right > right - (0.2 * (right - left));
        if (line.IsBold != next.IsBold && !(isFull && char.IsLower(next.Text[0])))
            return true;
        var ends = EndsOfSentences.Contains(line.Text[^1], StringComparison.Ordinal);
        if (Sign().IsMatch(next.Text) || (Number().IsMatch(next.Text) && (ends || !isFull)))
            return true;
        var isIndented = next.Left - left > Indent * size && next.Left - line.Left > Indent * size && !next.IsRightToLeft;
        return ends && char.IsUpper(next.Text[0]) && (isIndented || (!isFull && line.Right < right - (0.35 * (right - left))));
    }

    [GeneratedRegex(@"^([•▪◦●■□✓❖►➢·\uF0B7\uF0A7]|[–—*-]\s|\[[x ]\]\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Sign();

    [GeneratedRegex(@"^(\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)]|\d+(\.\d+)+\.?|\[\d{1,3}\])\s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Number();
}
