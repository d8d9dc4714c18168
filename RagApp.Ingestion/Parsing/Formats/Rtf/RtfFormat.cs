namespace RagApp.Ingestion.Parsing.Formats.Rtf;

/// <summary>Rich Text Format, as Word, LibreOffice, WordPad and Outlook write it.</summary>
internal sealed class RtfFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Rtf;

    public void Read(Stream file, BlockWriter output) => new RtfReader(new RtfTokens(file), output).Read();
}
