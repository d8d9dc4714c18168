using RagApp.Parsing.Formats.Pdf.Glyphs;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>The pieces of a region at about the same height, from left to right.</summary>
internal sealed class PieceRow(LinePiece first)
{
    /// <summary>Largest difference in height within a row, in the size of the letters; columns of text need not stand on the same lines.</summary>
    private const double Tolerance = 0.42;

    private const int Compared = 3;

    public List<LinePiece> Pieces { get; } = [first];

    public double Baseline { get; } = first.Baseline;

    public double Size { get; } = first.Size;

    public double Left => Pieces[0].Left;

    public double Right => Pieces[^1].Right;

    /// <summary>Groups pieces into rows, from top to bottom.</summary>
    public static List<PieceRow> Of(IEnumerable<LinePiece> pieces)
    {
        var rows = new List<PieceRow>();
        foreach (var piece in pieces.OrderByDescending(piece => piece.Baseline).ThenBy(piece => piece.Left))
        {
            var at = rows.FindLastIndex(rows.Count - 1, Math.Min(rows.Count, Compared), row => row.Takes(piece));
            if (at < 0)
                rows.Add(new PieceRow(piece));
            else
                rows[at].Insert(piece);
        }
        return rows;
    }

    private bool Takes(LinePiece piece) => Baseline - piece.Baseline <= Tolerance * Math.Min(Size, piece.Size)
        && (Pieces.Count < 2 || !Overlaps(piece)) && (Pieces.Count != 1 || !Overlap(Pieces[0], piece));

    private bool Overlaps(LinePiece piece)
    {
        var at = Place(piece);
        return (at > 0 && Overlap(Pieces[at - 1], piece)) || (at < Pieces.Count && Overlap(Pieces[at], piece));
    }

    private static bool Overlap(LinePiece one, LinePiece other) => Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left) > 0.3 * Math.Min(one.Size, other.Size);

    private void Insert(LinePiece piece) => Pieces.Insert(Place(piece), piece);

    private int Place(LinePiece piece)
    {
        var (low, high) = (0, Pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Pieces[middle].Left <= piece.Left ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
