using PageBlock = UglyToad.PdfPig.DocumentLayoutAnalysis.TextBlock;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>Blocks that stand side by side at one height.</summary>
/// <param name="IsOfTable">True when the blocks are cells of a table row, and not words set far apart.</param>
internal sealed record PdfRow(IReadOnlyList<PageBlock> Blocks, bool IsOfTable);
