using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Drawing;

/// <summary>A paragraph, a table row or a reference found in shapes. At most one of text, row and reference is set.</summary>
/// <param name="Placeholder">The role of the shape: <c>title</c>, <c>body</c>, <c>sldNum</c>; empty for a shape without a role.</param>
/// <param name="IsItem">True for a paragraph with a bullet or a number.</param>
/// <param name="Reference">Id of the relationship to a chart or a diagram.</param>
internal sealed record DrawingPiece(string Placeholder, bool IsItem, string? Text = null, IReadOnlyList<TableCell>? Row = null, string? Reference = null)
{
    /// <summary>The number before the paragraph, such as <c>2.</c>; empty for none.</summary>
    public string Number { get; init; } = "";

    /// <summary>True for a row that names the columns of its table.</summary>
    public bool IsHeader { get; init; }

    /// <summary>Number of the shape, or of the group of shapes, in the order of the file.</summary>
    public int Shape { get; init; }

    /// <summary>Place of the shape; null when the layout of the slide gives it.</summary>
    public ShapeArea? Area { get; init; }

    /// <summary>The text, or the cells of the row, on one line.</summary>
    public string Line => Text ?? BlockWriter.JoinCells((Row ?? []).Select(cell => cell.Text));
}
