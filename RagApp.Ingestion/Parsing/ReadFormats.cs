namespace RagApp.Ingestion.Parsing;

/// <summary>What to tell people whose file is of another kind.</summary>
internal static class ReadFormats
{
    public const string Sentence = "PDF, Word (.docx), HTML, Markdown and plain text are read.";
}
