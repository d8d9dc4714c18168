namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>A part of a line without wide gaps: a line of a paragraph or of a cell.</summary>
/// <param name="Order">Place of its first character in the page's content.</param>
/// <param name="IsBold">True when all of it is bold.</param>
internal sealed record LinePiece(string Text, double Left, double Right, double Baseline, double Size, int Order, bool IsBold, bool IsRightToLeft)
{
    public double Width => Right - Left;

    /// <summary>Number of Latin letters that take the same room as the text.</summary>
    public double Letters { get; } = Text.Sum(c => c >= '\u2E80' ? 2.0 : 1.0);

    /// <summary>Joins the pieces of a line.</summary>
    /// <param name="pieces">The pieces from left to right, at least one.</param>
    public static LinePiece Join(IReadOnlyList<LinePiece> pieces)
    {
        if (pieces.Count == 1)
            return pieces[0];
        var rightToLeft = pieces.Count(piece => piece.IsRightToLeft) * 2 > pieces.Count;
        var texts = pieces.Select(piece => piece.Text);
        var widest = pieces.MaxBy(piece => piece.Width)!;
        return new LinePiece(
            string.Join(' ', rightToLeft ? texts.Reverse() : texts), pieces.Min(piece => piece.Left), pieces.Max(piece => piece.Right),
            widest.Baseline, widest.Size, pieces.Min(piece => piece.Order), pieces.All(piece => piece.IsBold), rightToLeft);
    }
}
