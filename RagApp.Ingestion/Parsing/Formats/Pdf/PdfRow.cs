using PageBlock = UglyToad.PdfPig.DocumentLayoutAnalysis.TextBlock;

namespace RagApp.Ingestion.Parsing.Formats.Pdf;

/// <summary>Blocks that stand side by side at one height.</summary>
/// <param name="IsOfTable">Whether they are the cells of a table's row rather than words set far apart.</param>
internal sealed record PdfRow(IReadOnlyList<PageBlock> Blocks, bool IsOfTable);
