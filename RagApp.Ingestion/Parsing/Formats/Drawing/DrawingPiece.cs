namespace RagApp.Ingestion.Parsing.Formats.Drawing;

/// <summary>A paragraph, a table row or a reference found in shapes; of the last three, at most one is there.</summary>
/// <param name="Placeholder">What its shape stands for: <c>title</c>, <c>body</c>, <c>sldNum</c>; empty for a free one.</param>
/// <param name="IsItem">A paragraph with a bullet or a number.</param>
/// <param name="Reference">Id of the relationship to a chart or a diagram.</param>
internal sealed record DrawingPiece(string Placeholder, bool IsItem, string? Text = null, IReadOnlyList<string>? Row = null, string? Reference = null);
