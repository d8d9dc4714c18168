namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>A visible sheet and the name of its part.</summary>
internal sealed record XlsxSheetPart(string Name, string Part);
