using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>A block of a page, before it is classified as heading or paragraph.</summary>
/// <param name="Lines">The lines of a paragraph, from top to bottom.</param>
/// <param name="Size">Height of its letters in points.</param>
/// <param name="IsBold">True when all of it is bold.</param>
internal sealed record PdfBlock(IReadOnlyList<string> Lines, double Size, bool IsBold)
{
    /// <summary>The rows of a table, each with its cells; empty for a paragraph.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows { get; init; } = [];

    /// <summary>True when the first row names the columns.</summary>
    public bool HasHeader { get; init; }

    /// <summary>Its page, from 1.</summary>
    public int Page { get; init; }

    /// <summary>True for the first block of a page or column, which may continue the paragraph before it.</summary>
    public bool BeginsColumn { get; init; }

    public bool IsTable => Rows.Count > 0;
}
