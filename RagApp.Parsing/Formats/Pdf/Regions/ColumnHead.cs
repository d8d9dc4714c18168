namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>A turned line of text, which may name the column of a table below it.</summary>
/// <param name="Middle">Horizontal place of its middle.</param>
/// <param name="Bottom">Height of its lower end.</param>
internal sealed record ColumnHead(string Text, double Middle, double Bottom);
