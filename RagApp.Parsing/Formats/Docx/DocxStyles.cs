using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>Finds the paragraph styles that are headings or numbered. Headings are found by outline level, by built-in name, or through the style they are based on.</summary>
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

    /// <summary>The heading level of a style, 1 to 9; 0 when it is not a heading.</summary>
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

    /// <summary>Gives a paragraph the heading level and the list of its style.</summary>
    public void Apply(string? styleId, DocxParagraph paragraph)
    {
        paragraph.Level = HeadingLevel(styleId);
        for (var steps = 0; styleId is not null && steps < LongestChain && _styles.TryGetValue(styleId, out var style); steps++)
        {
            if (style.NumberId is { } number)
            {
                (paragraph.NumberId, paragraph.ListLevel, paragraph.IsListItem) = (number, style.ListLevel, number != DocxNumbering.None);
                return;
            }
            styleId = style.BasedOn;
        }
    }

    private static Style ReadStyle(XmlReader reader)
    {
        var style = new Style(0, null, null, 0);
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
                "numId" => style with { NumberId = reader.Attribute("val") },
                "ilvl" => style with { ListLevel = DocxNumbering.LevelOf(reader) },
                _ => style,
            };
        }
        return style;
    }

    /// <summary>Reads the outline level of a paragraph or style, which counts from 0, as a heading level; 9 (body text) gives 0.</summary>
    public static int OutlineLevel(XmlReader reader) =>
        int.TryParse(reader.Attribute("val"), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 0 and < 9
            ? level + 1
            : 0;

    /// <summary>
    /// The heading level of a style name. Word names its own styles "heading 1" in every language; their ids are "Heading1" or
    /// a translation.
    /// </summary>
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

    private sealed record Style(int Level, string? BasedOn, string? NumberId, int ListLevel);
}
