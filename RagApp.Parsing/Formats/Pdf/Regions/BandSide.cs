using RagApp.Parsing.Formats.Pdf.Glyphs;
using RagApp.Text;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>Content of a band on one side of a gutter.</summary>
/// <param name="Rows">The rows with pieces there, each with its number in the band.</param>
/// <param name="Gutters">The gutters on that side.</param>
internal sealed record BandSide(List<(int Row, List<LinePiece> Pieces)> Rows, List<Gutter> Gutters)
{
    public int Columns => Gutters.Count + 1;

    public double Left => Rows.Min(row => row.Pieces[0].Left);

    public double Right => Rows.Max(row => row.Pieces[^1].Right);

    /// <summary>The texts of its first row of several cells.</summary>
    public IEnumerable<string> Names => Rows.Select(row => row.Pieces).FirstOrDefault(pieces => pieces.Count > 1)?.Select(piece => piece.Text) ?? [];

    /// <summary>True when the first column says what each row is about: words, a different one in each row.</summary>
    public bool HasLabels => First.All(text => text is not null && text.Count(char.IsLetter) > 1 && !TableCells.IsValue(text)) && First.Distinct(StringComparer.OrdinalIgnoreCase).Count() == Rows.Count;

    /// <summary>True when all labels end with a colon.</summary>
    public bool HasColons => First.OfType<string>().Count() > 1 && First.OfType<string>().All(text => text[^1] is ':' or '：');

    /// <summary>True when every row ends with a value.</summary>
    public bool HasValues => Rows.TrueForAll(row => row.Pieces.Count > 1 && TableCells.IsValue(row.Pieces[^1].Text));

    /// <summary>True when the first row has no value and the rows below it have some.</summary>
    public bool HasHead => !HasValue(Rows[0].Pieces) && Rows.Skip(1).All(row => HasValue(row.Pieces));

    /// <summary>The first cells of the rows; null for a row without one.</summary>
    private IEnumerable<string?> First => Rows.Select(row => Gutters.Count == 0 || row.Pieces[0].Left < Gutters[0].Middle ? row.Pieces[0].Text : null);

    private static bool HasValue(List<LinePiece> pieces) => pieces.Exists(piece => TableCells.IsValue(piece.Text));
}
