namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>
/// Tells kinds of text apart by the first 16 KB. Marks that only one kind has come first, then what the name
/// says, then habits of writing.
/// </summary>
internal static class TextKind
{
    public static string Detect(byte[] head, string name)
    {
        var text = TextDecoder.Decode(head);
        if (IsBinary(text))
            throw new ParseRefusedException($"The file holds no text that can be read. {ReadFormats.Sentence}");
        var ending = Path.GetExtension(name).ToUpperInvariant();
        return MarkupKind.Detect(text, ending)
            ?? JsonKind.Detect(text, ending)
            ?? MailKind.Detect(text, ending)
            ?? ByName(ending)
            ?? ByHabit(text, ending);
    }

    /// <summary>More than one character in ten that no text has.</summary>
    private static bool IsBinary(string text)
    {
        var strange = text.Count(c => c == '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f' or '\e')));
        return strange * 10 > text.Length;
    }

    private static string? ByName(string ending) => ending switch
    {
        ".MD" or ".MARKDOWN" or ".MDX" => MediaTypes.Markdown,
        ".CSV" or ".TSV" or ".TAB" => MediaTypes.Csv,
        ".RST" or ".REST" => MediaTypes.Rst,
        _ => null,
    };

    /// <summary>A name that ends as prose does is believed before commas are.</summary>
    private static string ByHabit(string text, string ending)
    {
        if (TextHabits.IsMarkdown(text))
            return MediaTypes.Markdown;
        if (TextHabits.IsRst(text))
            return MediaTypes.Rst;
        return ending is not (".TXT" or ".TEXT" or ".LOG") && TextHabits.IsTable(text) ? MediaTypes.Csv : MediaTypes.PlainText;
    }
}
