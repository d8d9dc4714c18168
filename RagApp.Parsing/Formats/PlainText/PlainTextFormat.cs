namespace RagApp.Parsing.Formats.PlainText;

/// <summary>Plain text in any encoding, with paragraphs separated by empty lines.</summary>
internal sealed class PlainTextFormat : IDocumentFormat
{
    public const string MediaType = "text/plain";

    /// <summary>Extensions of plain text.</summary>
    public static readonly string[] Endings = [".txt", ".text", ".log"];

    public string Name => "txt";

    public string Title => "plain text";

    public string ContentType => MediaType;

    public string DocumentType => "text";

    public IReadOnlyList<string> Extensions => Endings;

    /// <summary>Never: plain text is chosen when no other format matches.</summary>
    public bool Recognizes(FileSample sample) => false;

    public void Read(Stream file, BlockWriter output) => ReadText(TextDecoder.DecodeAll(file), output);

    public static void ReadText(string text, BlockWriter output)
    {
        foreach (var paragraph in Paragraphs(text))
        {
            var lines = CleanText.Of(paragraph).Split('\n', 2);
            if (lines is [var heading, var below] && HeadingLines.IsAbove(heading, below))
            {
                output.Paragraph(heading);
                output.Paragraph(below);
            }
            else
                output.Paragraph(paragraph);
        }
    }

    private static IEnumerable<string> Paragraphs(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = EndOfParagraph(text, start);
            yield return text[start..end];
            start = end + 1;
        }
    }

    /// <summary>Position of the next line break followed by an empty line.</summary>
    private static int EndOfParagraph(string text, int start)
    {
        for (var at = text.IndexOf('\n', start); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            var next = at + 1;
            while (next < text.Length && text[next] is ' ' or '\t')
                next++;
            if (next < text.Length && text[next] == '\n')
                return next;
        }
        return text.Length;
    }
}
