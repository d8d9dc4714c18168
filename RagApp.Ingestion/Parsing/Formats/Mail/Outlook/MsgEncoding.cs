using System.Text;

namespace RagApp.Ingestion.Parsing.Formats.Mail.Outlook;

/// <summary>The encoding of a message's texts that are not UTF-16.</summary>
internal static class MsgEncoding
{
    private const int Windows1252 = 1252;

    /// <summary>Every eight-bit text is valid in every eight-bit code page, and programs name their own: what the longest text looks like comes before what is declared.</summary>
    public static Encoding Of(MapiProperties properties)
    {
        var sample = properties.Narrow(MapiTag.Body) ?? properties.Narrow(MapiTag.Subject) ?? [];
        var declared = Declared(properties.Number(MapiTag.MessageCodePage)) ?? Declared(properties.Number(MapiTag.InternetCodePage));
        if (declared is { CodePage: not Windows1252 } || Ascii.IsValid(sample))
            return declared ?? TextDecoder.ByCodePage(Windows1252)!;
        return TextDecoder.FindEncoding(sample) ?? declared ?? TextDecoder.ByCodePage(Windows1252)!;
    }

    public static Encoding? Declared(int? codePage) => codePage is > 0 and { } number ? TextDecoder.ByCodePage(number) : null;
}
