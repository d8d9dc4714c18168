namespace RagApp.Ingestion.Parsing.Formats.Pdf;

/// <summary>A block of lines on a page, before it is known what it is.</summary>
/// <param name="Size">Height of its letters in points.</param>
/// <param name="Cells">The texts of one row when blocks stood side by side as in a table; otherwise just <paramref name="Text"/>.</param>
internal sealed record PdfBlock(string Text, double Size, int Lines, int Page, IReadOnlyList<string> Cells);
