using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>The styles that hide sheets, slides or text, that change what a run of text says, and that number lists.</summary>
internal sealed class OdfStyles
{
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);

    private readonly Dictionary<string, RunStyle> _runs = new(StringComparer.Ordinal);

    /// <summary>The numbers of lists and of headings.</summary>
    public OdfNumbering Numbering { get; } = new();

    public RunStyle RunOf(string? style) => style is null ? default : _runs.GetValueOrDefault(style);

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
            else if (reader.Name == "style:text-properties")
                _runs[style] = ReadRun(reader);
            else
                Numbering.ReadStyle(reader);
            if (reader.GetAttribute("table:display") is "false"
                || reader.GetAttribute("presentation:visibility") is "hidden"
                || reader.GetAttribute("text:display") is "none")
                _hidden.Add(style);
        }
    }

    private static RunStyle ReadRun(XmlReader reader)
    {
        var position = reader.GetAttribute("style:text-position")?.Split(' ')[0] ?? "";
        var baseline = position switch
        {
            "super" => Baseline.Super,
            "sub" => Baseline.Sub,
            _ when double.TryParse(position.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent != 0 => percent > 0 ? Baseline.Super : Baseline.Sub,
            _ => Baseline.Normal,
        };
        var struck = (reader.GetAttribute("style:text-line-through-style") ?? reader.GetAttribute("style:text-line-through-type")) is not (null or "none");
        return new RunStyle(baseline, struck, reader.GetAttribute("fo:font-weight") is "bold" or "700" or "800" or "900");
    }
}
