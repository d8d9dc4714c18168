namespace RagApp.Parsing.Formats.Tables;

/// <summary>A cell that is not empty.</summary>
/// <param name="Column">Number of the column, from 0.</param>
internal readonly record struct TableCell(int Column, string Text);
