namespace RagApp.Parsing.Formats.Rtf;

/// <summary>Rich Text Format as written by Word, LibreOffice, WordPad and Outlook.</summary>
internal sealed class RtfFormat : IDocumentFormat
{
    public const string MediaType = "application/rtf";

    public string Name => "rtf";

    public string Title => "RTF";

    public string ContentType => MediaType;

    public string DocumentType => "word";

    public IReadOnlyList<string> Extensions { get; } = [".rtf"];

    public bool Recognizes(FileSample sample) => sample.Text is { } text && text.AsSpan().TrimStart().StartsWith(@"{\rtf", StringComparison.Ordinal);

    public void Read(Stream file, BlockWriter output) => new RtfReader(new RtfTokens(file), output).Read();
}
