using System.Text;
using MimeKit;
using MimeKit.Tnef;

namespace RagApp.Parsing.Formats.Mail.Outlook;

/// <summary>Reads the versions of a message's text: plain text and HTML, or RTF when there is neither.</summary>
internal static class MsgBody
{
    public static MimeEntity? Of(MapiProperties properties, Encoding narrow)
    {
        var versions = new MultipartAlternative();
        if (properties.Text(MapiTag.Body, narrow) is { } plain && !string.IsNullOrWhiteSpace(plain))
            versions.Add(new TextPart("plain") { Text = plain });
        if (Html(properties, narrow) is { } html)
            versions.Add(html);
        if (versions.Count == 0 && properties.Binary(MapiTag.CompressedRtf) is { } compressed && Unpack(compressed) is { } rtf)
            versions.Add(new TextPart("rtf") { Content = new MimeContent(new MemoryStream(rtf)) });
        return versions.Count > 0 ? versions : null;
    }

    /// <summary>The HTML version, stored as text or as bytes; the code page of the bytes is declared beside them or in the HTML.</summary>
    private static TextPart? Html(MapiProperties properties, Encoding narrow)
    {
        if (properties.Binary(MapiTag.Html) is { Length: > 0 } bytes)
        {
            var page = new TextPart("html") { Content = new MimeContent(new MemoryStream(bytes)) };
            if (MsgEncoding.Declared(properties.Number(MapiTag.InternetCodePage)) is { } encoding)
                page.ContentType.Charset = encoding.WebName;
            return page;
        }
        return properties.Text(MapiTag.Html, narrow) is { } text ? new TextPart("html") { Text = text } : null;
    }

    /// <summary>Decompresses RTF in Outlook's compression (LZFu); null when it is damaged.</summary>
    private static byte[]? Unpack(byte[] compressed)
    {
        try
        {
            var filter = new RtfCompressedToRtf();
            var rtf = filter.Flush(compressed, 0, compressed.Length, out var start, out var length);
            return length > 0 ? rtf[start..(start + length)] : null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
