namespace RagApp.Ingestion.Parsing.Formats.Tables;

/// <summary>A cell that holds something.</summary>
/// <param name="Column">Counted from 0.</param>
internal readonly record struct TableCell(int Column, string Text);
