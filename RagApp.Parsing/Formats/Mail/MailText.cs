using MimeKit;
using MimeKit.Text;
using RagApp.Parsing.Formats.Html;
using RagApp.Parsing.Formats.PlainText;
using RagApp.Parsing.Formats.Rtf;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>Reads the text parts of a mail, also those with a wrong or missing encoding.</summary>
internal static class MailText
{
    /// <summary>
    /// Selects the version to read: plain text, or HTML when the plain text has less than half of its letters; rich
    /// text only when there is nothing else.
    /// </summary>
    public static TextPart? Best(IReadOnlyList<TextPart> versions)
    {
        var plain = versions.FirstOrDefault(part => part.IsPlain && Decode(part).AsSpan().Trim().Length > 0);
        var html = versions.FirstOrDefault(part => part.IsHtml);
        if (plain is null || html is null)
            return plain ?? html ?? (versions.Count > 0 ? versions[^1] : null);
        return Letters(plain) * 2 >= Letters(html) ? plain : html;
    }

    public static void Read(TextPart part, BlockWriter output)
    {
        if (IsRtf(part))
            ReadRtf(part, output);
        else if (part.IsHtml)
            HtmlFormat.ReadFragment(Decode(part), output);
        else
            PlainTextFormat.ReadText(part.IsFlowed ? Unwrap(part) : Decode(part), output);
    }

    public static bool IsRtf(TextPart part) => part.ContentType.IsMimeType("text", "rtf");

    private static void ReadRtf(TextPart part, BlockWriter output)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        bytes.Position = 0;
        new RtfFormat().Read(bytes, output);
    }

    private static int Letters(TextPart part)
    {
        var blocks = new BlockWriter();
        Read(part, blocks);
        return blocks.Blocks.Sum(block => block.Text.Count(char.IsLetterOrDigit));
    }

    /// <summary>Joins lines that end with a space to the next one (RFC 3676).</summary>
    private static string Unwrap(TextPart part) =>
        new FlowedToText { DeleteSpace = string.Equals(part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase) }.Convert(Decode(part));

    /// <summary>Decodes a part in its declared encoding if the bytes are valid in it, otherwise in the detected one.</summary>
    public static string Decode(TextPart part)
    {
        if (part.Content is not { Stream: { } encoded } content)
            return "";
        if (encoded.Length > ParseLimits.TextBytes)
            throw new ParseLimitException($"Its text is larger than {ParseLimits.TextBytes >> 20} MB. Split it into smaller files.");
        using var bytes = new MemoryStream();
        content.DecodeTo(bytes);
        var decoded = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return TryDeclared(part.ContentType.Charset, decoded) ?? TextDecoder.Decode(decoded);
    }

    private static string? TryDeclared(string? charset, ReadOnlySpan<byte> bytes) =>
        charset is not null && TextDecoder.ByName(charset) is { } encoding ? TextDecoder.TryDecode(encoding, bytes) : null;
}
