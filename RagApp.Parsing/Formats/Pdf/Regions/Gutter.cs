namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>A vertical strip without text between two columns.</summary>
internal sealed class Gutter(double left, double right)
{
    /// <summary>Smallest width in the size of the letters.</summary>
    private const double Narrowest = 0.6;

    public double Left { get; private set; } = left;

    public double Right { get; private set; } = right;

    public double Middle => (Left + Right) / 2;

    public double Width => Right - Left;

    /// <summary>Number of rows with text on both sides of it.</summary>
    public int Support { get; private set; } = 1;

    /// <summary>Number of rows with text across it.</summary>
    public int Crossed { get; set; }

    /// <summary>True for a gutter that enough rows have.</summary>
    public bool Holds => Support >= 2 && Crossed * 3 <= Support;

    /// <summary>The widest part of it that the row leaves free; null when that is too narrow for a gutter.</summary>
    public (double Left, double Right)? Free(PieceRow row)
    {
        var (best, from) = ((Left, Left), Left);
        foreach (var piece in row.Pieces)
        {
            if (piece.Right <= Left || piece.Left >= Right)
                continue;
            if (piece.Left - from > best.Item2 - best.Item1)
                best = (from, piece.Left);
            from = Math.Max(from, piece.Right);
        }
        if (Right - from > best.Item2 - best.Item1)
            best = (from, Right);
        return best.Item2 - best.Item1 >= Math.Min(Narrowest * row.Size, Right - Left) ? best : null;
    }

    /// <summary>Counts a row, and narrows the gutter to what the row leaves free.</summary>
    public void Count(PieceRow row)
    {
        if (Free(row) is not { } free)
        {
            Crossed++;
            return;
        }
        (Left, Right) = free;
        if (row.Left < Left && row.Right > Right)
            Support++;
    }
}
