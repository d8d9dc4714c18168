using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>
/// Finds the encoding of headers that hold 8-bit characters as they are, which the standard forbids: UTF-8, else the encoding that the mail declares for its text,
/// else the detected one. Also finds where the headers begin.
/// </summary>
internal static partial class RawHeaders
{
    private const int HeadBytes = 64 * 1024;

    /// <summary>The options for parsing a mail; the stream stays where it is.</summary>
    public static ParserOptions OptionsFor(Stream mail)
    {
        var start = mail.Position;
        var head = new byte[HeadBytes];
        var length = mail.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        mail.Position = start;
        var headers = HeadersIn(head.AsSpan(0, length));
        if (System.Text.Unicode.Utf8.IsValid(headers) || EncodingOf(headers, head.AsSpan(0, length)) is not { } encoding)
            return MailLimits.Options;
        var options = MailLimits.Options.Clone();
        options.CharsetEncoding = encoding;
        return options;
    }

    /// <summary>Moves to the first header: a mailbox that was forwarded has a separator line in front of it (<c>>From ada@example.org ...</c>), and programs write lines of their own there.</summary>
    public static void SkipToFirst(Stream mail)
    {
        const int MostLines = 20;
        var start = mail.Position;
        var head = new byte[HeadBytes];
        var left = head.AsSpan(0, mail.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false));
        mail.Position = start;
        var skipped = 0;
        for (var line = 0; line < MostLines && left.IndexOf((byte)'\n') is >= 0 and var end; line++)
        {
            if (Header().IsMatch(Encoding.Latin1.GetString(left[..end])))
            {
                mail.Position = start + skipped;
                return;
            }
            skipped += end + 1;
            left = left[(end + 1)..];
        }
    }

    private static Encoding? EncodingOf(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> head) =>
        Charset().Match(Encoding.Latin1.GetString(head)) is { Success: true } charset && TextDecoder.ByName(charset.Groups["name"].Value) is { } declared
        && TextDecoder.TryDecode(declared, headers) is not null
            ? declared : TextDecoder.FindEncoding(headers);

    private static ReadOnlySpan<byte> HeadersIn(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf("\r\n\r\n"u8) is >= 0 and var windows ? windows : head.IndexOf("\n\n"u8);
        return end < 0 ? head : head[..end];
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]*[ \t]*:", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Header();

    [GeneratedRegex(@"charset\s*=\s*[""']?(?<name>[A-Za-z0-9_.:-]{2,40})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Charset();
}
