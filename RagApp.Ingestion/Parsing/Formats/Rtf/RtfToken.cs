namespace RagApp.Ingestion.Parsing.Formats.Rtf;

/// <param name="Word">The control word or symbol; otherwise empty.</param>
/// <param name="Value">The number after the word, null for none; the byte.</param>
internal readonly record struct RtfToken(RtfTokenKind Kind, string Word, int? Value);
