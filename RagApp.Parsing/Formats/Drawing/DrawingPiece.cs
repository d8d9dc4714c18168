namespace RagApp.Parsing.Formats.Drawing;

/// <summary>A paragraph, a table row or a reference found in shapes. At most one of text, row and reference is set.</summary>
/// <param name="Placeholder">The role of the shape: <c>title</c>, <c>body</c>, <c>sldNum</c>; empty for a shape without a role.</param>
/// <param name="IsItem">True for a paragraph with a bullet or a number.</param>
/// <param name="Reference">Id of the relationship to a chart or a diagram.</param>
internal sealed record DrawingPiece(string Placeholder, bool IsItem, string? Text = null, IReadOnlyList<string>? Row = null, string? Reference = null);
