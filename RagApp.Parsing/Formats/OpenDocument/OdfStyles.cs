using System.Xml;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>The styles that hide sheets, slides or text.</summary>
internal sealed class OdfStyles
{
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);

    public bool IsHidden(string? style) => style is not null && _hidden.Contains(style);

    public static OdfStyles Read(Func<string, XmlReader?> open)
    {
        var styles = new OdfStyles();
        styles.ReadPart(open(OdfParts.Styles));
        styles.ReadPart(open(OdfParts.Content));
        return styles;
    }

    private void ReadPart(XmlReader? part)
    {
        using var reader = part;
        var style = "";
        while (reader?.Read() is true && reader is not { NodeType: XmlNodeType.Element, LocalName: "body" })
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.Name == "style:style")
                style = reader.GetAttribute("style:name") ?? "";
            else if (reader.GetAttribute("table:display") is "false"
                || reader.GetAttribute("presentation:visibility") is "hidden"
                || reader.GetAttribute("text:display") is "none")
                _hidden.Add(style);
        }
    }
}
