using System.Globalization;
using System.Text;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>Reads the shared texts of a workbook, each stored once (<c>sst/si</c>), in runs where a part is formatted.</summary>
internal static class XlsxTexts
{
    private const long MostCharacters = 2L * ParseLimits.Characters;

    public static IReadOnlyList<string> Read(OfficeArchive archive, string part)
    {
        var texts = new List<string>();
        var characters = 0L;
        using var reader = archive.OpenXml(part);
        while (reader?.Read() is true)
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "si" })
                continue;
            texts.Add(TextOf(reader));
            characters += texts[^1].Length;
            if (characters > MostCharacters)
                throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                    $"Its cells hold more than {MostCharacters:N0} characters of text. Split it into several documents."));
        }
        return texts;
    }

    /// <summary>The text of all runs without phonetic guides (<c>rPh</c>); stops at the end of the element.</summary>
    public static string TextOf(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var depth = reader.Depth;
        reader.Read();
        while (!reader.EOF && reader.Depth > depth)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
            {
                reader.Skip();
                continue;
            }
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "t" })
                reader.AppendText(text);
            reader.Read();
        }
        return Unescape(text.ToString());
    }

    /// <summary>Decodes <c>_x000D_</c>, Excel's notation for a carriage return.</summary>
    private static string Unescape(string text) => text.Replace("_x000D_", "\r", StringComparison.OrdinalIgnoreCase);
}
