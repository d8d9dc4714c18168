namespace RagApp.Ingestion.Parsing.Formats.Xlsx;

/// <summary>A sheet that readers see, and the part that holds it.</summary>
internal sealed record XlsxSheetPart(string Name, string Part);
