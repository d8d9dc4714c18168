using RagApp.Ingestion.Parsing;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Dlp;

/// <param name="Parsed">What may go on, with marks in the place of what is to be redacted.</param>
internal sealed record ScreenedDocument(ParseResult Parsed, Screening Screening);
