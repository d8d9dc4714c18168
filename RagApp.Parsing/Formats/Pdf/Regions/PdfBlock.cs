namespace RagApp.Parsing.Formats.Pdf;

/// <summary>A block of lines on a page, before it is classified as heading, paragraph or row.</summary>
/// <param name="Size">Height of its letters in points.</param>
/// <param name="Cells">The cells of a table row when blocks stand side by side; otherwise only <paramref name="Text"/>.</param>
internal sealed record PdfBlock(string Text, double Size, int Lines, int Page, IReadOnlyList<string> Cells);
