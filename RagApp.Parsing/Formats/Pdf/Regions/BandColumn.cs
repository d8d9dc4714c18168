using RagApp.Parsing.Formats.Pdf.Glyphs;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>The pieces of a band between two gutters, from top to bottom.</summary>
internal sealed class BandColumn(List<LinePiece> pieces)
{
    private const int FewestLines = 4;

    /// <summary>Fewest letters of a line of running text, in the mean.</summary>
    private const int FewestLetters = 22;

    /// <summary>Fewest lines of a long text, and fewest letters in each in the mean.</summary>
    private const int LongText = 6, LongLines = 32;

    /// <summary>Part of the column's width that a full line takes.</summary>
    private const double FullLine = 0.75;

    /// <summary>Smallest share of full lines in running text.</summary>
    private const double FullShare = 0.5;

    public IReadOnlyList<LinePiece> Pieces { get; } = pieces;

    public double Letters { get; } = pieces.Sum(piece => piece.Letters);

    /// <summary>True for running text: long lines, most of them as wide as the column.</summary>
    public bool IsProse { get; } = IsRunningText(pieces);

    /// <summary>Share of the lines, after the first, that go on with the sentence of the line above; 0 for short lines.</summary>
    public double GoesOn { get; } = pieces.Count < 2 || pieces.Average(piece => piece.Letters) < FewestLetters / 2.0
        ? 0
        : (double)pieces.Skip(1).Count(piece => char.IsLower(piece.Text[0])) / (pieces.Count - 1);

    /// <summary>True for long running text in lines as long as those of a column of a page.</summary>
    public bool IsLong => IsProse && Pieces.Count >= LongText && Letters >= LongLines * Pieces.Count;

    private static bool IsRunningText(List<LinePiece> pieces)
    {
        if (pieces.Count < FewestLines || pieces.Average(piece => piece.Letters) < FewestLetters)
            return false;
        var widths = pieces.Select(piece => piece.Width).Order().ToList();
        var width = widths[(widths.Count - 1) * 9 / 10];
        return widths.Count(one => one >= FullLine * width) >= FullShare * widths.Count && pieces.Count(piece => piece.Text.Contains(' ', StringComparison.Ordinal) || piece.Text[0] > '\u2E80') > 0.8 * pieces.Count;
    }

    /// <summary>The columns of a band.</summary>
    public static List<BandColumn> Of(IEnumerable<PieceRow> rows, List<Gutter> gutters)
    {
        var columns = Enumerable.Range(0, gutters.Count + 1).Select(_ => new List<LinePiece>()).ToList();
        foreach (var piece in rows.SelectMany(row => row.Pieces))
            columns[At((piece.Left + piece.Right) / 2, gutters)].Add(piece);
        return [.. columns.Select(column => new BandColumn(column))];
    }

    /// <summary>Number of the column at a place.</summary>
    public static int At(double x, List<Gutter> gutters) => gutters.Count(gutter => gutter.Middle < x);
}
