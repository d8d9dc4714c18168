namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>Rows one below the other through which the same gutters go.</summary>
internal sealed class Band
{
    private const int MostGutters = 40;
    private const int RowsLookedBack = 60;

    /// <summary>Ratio from which letters are of another size.</summary>
    private const double OtherSize = 1.12;

    private readonly List<Gutter> _gutters = [];

    public List<PieceRow> Rows { get; } = [];

    /// <summary>The gutters from left to right that go through most of the rows.</summary>
    public List<Gutter> Gutters => [.. _gutters.Where(gutter => gutter.Holds).OrderBy(gutter => gutter.Left)];

    /// <summary>Splits the rows of a region into bands, from top to bottom.</summary>
    public static List<Band> Of(List<PieceRow> rows)
    {
        var bands = new List<Band>();
        foreach (var row in rows)
        {
            if (bands.Count > 0 && bands[^1].Takes(row))
                bands[^1].Add(row);
            else
                bands.Add(Beginning(bands, row));
        }
        return bands;
    }

    /// <summary>A band that begins with the row, and with lines just above it that stand wholly to the right of its first gap.</summary>
    private static Band Beginning(List<Band> bands, PieceRow row)
    {
        var band = new Band();
        if (row.Pieces.Count > 1 && bands.Count > 0 && bands[^1]._gutters.Count == 0)
        {
            var above = bands[^1].Rows;
            var from = above.Count;
            while (from > 0 && above[from - 1].Left >= row.Pieces[1].Left - row.Size && above[from - 1].Baseline - (from < above.Count ? above[from] : row).Baseline < 2 * row.Size)
                from--;
            band.Rows.AddRange(above.Skip(from));
            above.RemoveRange(from, above.Count - from);
        }
        band.Add(row);
        return band;
    }

    private bool Takes(PieceRow row)
    {
        if (_gutters.Count == 0)
            return row.Pieces.Count == 1;
        if (row.Pieces.Count == 1 && (row.Size > OtherSize * Rows[^1].Size || Rows[^1].Baseline - row.Baseline > 4 * row.Size))
            return false;
        var held = _gutters.Exists(gutter => gutter.Support >= 2);
        return _gutters.Exists(gutter => (!held || gutter.Support >= 2) && gutter.Free(row) is not null);
    }

    private void Add(PieceRow row)
    {
        foreach (var gutter in _gutters)
            gutter.Count(row);
        for (var at = 1; at < row.Pieces.Count && _gutters.Count < MostGutters; at++)
        {
            var (left, right) = (row.Pieces[at - 1].Right, row.Pieces[at].Left);
            if (right > left && !_gutters.Exists(gutter => gutter.Left < right && gutter.Right > left))
                _gutters.Add(Looking(new Gutter(left, right)));
        }
        Rows.Add(row);
    }

    /// <summary>Counts the earlier rows that cross a new gutter.</summary>
    private Gutter Looking(Gutter gutter)
    {
        for (var at = Math.Max(0, Rows.Count - RowsLookedBack); at < Rows.Count; at++)
        {
            if (gutter.Free(Rows[at]) is null)
                gutter.Crossed++;
        }
        return gutter;
    }
}
