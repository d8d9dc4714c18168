using System.Text;

namespace RagApp.Parsing.Formats.Mail.Outlook;

/// <summary>Finds the encoding of a message's 8-bit texts.</summary>
internal static class MsgEncoding
{
    private const int Windows1252 = 1252;

    /// <summary>
    /// The encoding detected from the longest text comes before the declared one: a text is valid in every 8-bit code
    /// page, and programs often declare their own.
    /// </summary>
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
