using System.Globalization;
using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.Docx;

/// <summary>Which paragraph styles are headings: by outline level, by the built-in names, or through the style they are based on.</summary>
internal sealed class DocxStyles
{
    private const int LongestChain = 20;

    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);

    public static DocxStyles Read(IOfficePackage package, string part)
    {
        var styles = new DocxStyles();
        using var reader = package.OpenXml(part);
        while (reader?.Read() is true)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "style"
                && reader.Attribute("type") is "paragraph" && reader.Attribute("styleId") is { } id)
                styles._styles[id] = ReadStyle(reader);
        }
        return styles;
    }

    /// <summary>1 to 9, or 0 when paragraphs of this style are no headings.</summary>
    public int HeadingLevel(string? styleId)
    {
        for (var steps = 0; styleId is not null && steps < LongestChain; steps++)
        {
            if (!_styles.TryGetValue(styleId, out var style))
                return LevelOfName(styleId);
            if (style.Level > 0)
                return style.Level;
            styleId = style.BasedOn;
        }
        return 0;
    }

    private static Style ReadStyle(XmlReader reader)
    {
        var style = new Style(0, null);
        if (reader.IsEmptyElement)
            return style;
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            style = reader.LocalName switch
            {
                "name" when style.Level == 0 => style with { Level = LevelOfName(reader.Attribute("val")) },
                "basedOn" => style with { BasedOn = reader.Attribute("val") },
                "outlineLvl" => style with { Level = OutlineLevel(reader) },
                _ => style,
            };
        }
        return style;
    }

    /// <summary>The outline level of a paragraph or style counts from 0; 9 is body text.</summary>
    public static int OutlineLevel(XmlReader reader) =>
        int.TryParse(reader.Attribute("val"), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 0 and < 9
            ? level + 1
            : 0;

    /// <summary>Word names its own styles "heading 1" in every language; ids are "Heading1" or a translation.</summary>
    public static int LevelOfName(string? name)
    {
        var compact = name?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return compact switch
        {
            "TITLE" => 1,
            ['H', 'E', 'A', 'D', 'I', 'N', 'G', >= '1' and <= '9'] => compact[^1] - '0',
            _ => 0,
        };
    }

    private sealed record Style(int Level, string? BasedOn);
}
