using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>
/// Counts the numbered paragraphs as Word shows them:
/// <code>
/// w:abstractNum / w:lvl ilvl="1"   w:start, w:numFmt decimal, w:lvlText "%1.%2"   ->  2.1
/// w:num numId="1"                  names an abstract numbering; w:lvlOverride / w:startOverride begins anew
/// w:numStyleLink, w:styleLink      an abstract numbering that is that of a list style, and the one that is the list style's
/// w:lvl / w:pStyle                 the paragraph style that has this level
/// </code>
/// </summary>
internal sealed partial class DocxNumbering
{
    /// <summary>The number of no list, which takes a paragraph out of the list of its style.</summary>
    public const string None = "0";

    private const int Levels = 9;

    private readonly Dictionary<string, Level[]> _abstract = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ofListStyle = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _listStyles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Numbering> _numberings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?[]> _counts = new(StringComparer.Ordinal);

    public static DocxNumbering Read(IOfficePackage package, string part)
    {
        var numbering = new DocxNumbering();
        using var reader = package.OpenXml(part);
        while (reader?.Read() is true)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "abstractNum" && reader.Attribute("abstractNumId") is { } id)
                numbering._abstract[id] = numbering.ReadLevels(reader, id);
            else if (reader.LocalName == "num" && reader.Attribute("numId") is { } number)
                numbering._numberings[number] = ReadNumbering(reader);
        }
        return numbering;
    }

    /// <summary>Counts a paragraph and returns its number, such as <c>2.1</c>; empty for a bullet and for no number.</summary>
    /// <param name="style">Style of the paragraph, to which a level may belong; null for none.</param>
    public string Next(string numberId, int level, string? style)
    {
        if (!_numberings.TryGetValue(numberId, out var numbering) || AbstractOf(numbering) is not { } id || !_abstract.TryGetValue(id, out var levels))
            return "";
        level = level == 0 && style is not null && Array.FindIndex(levels, one => one.Style == style) is > 0 and var own ? own : Math.Clamp(level, 0, Levels - 1);
        if (!_counts.TryGetValue(id, out var counts))
            _counts[id] = counts = new int?[Levels];
        foreach (var (restarted, start) in numbering.Restarts)
            counts[restarted] = start - 1;
        numbering.Restarts.Clear(); // at its first paragraph only
        counts[level] = (counts[level] ?? levels[level].Start - 1) + 1;
        Array.Fill(counts, null, level + 1, Levels - level - 1);
        return Label(levels, counts, level);
    }

    /// <summary>Reads a level, from 0.</summary>
    public static int LevelOf(XmlReader reader) => Number(reader.Attribute("val"));

    /// <summary>The abstract numbering of a list, that of its list style when it has one.</summary>
    private string AbstractOf(Numbering numbering) =>
        _listStyles.TryGetValue(numbering.Abstract, out var style) && _ofListStyle.TryGetValue(style, out var id) ? id : numbering.Abstract;

    private static string Label(Level[] levels, int?[] counts, int level) =>
        levels[level].Format is "bullet" or "none" ? "" : Place().Replace(levels[level].Text, place =>
        {
            var at = place.Value[1] - '1';
            return Format(levels[level].IsLegal ? "decimal" : levels[at].Format, counts[at] ?? levels[at].Start);
        }).Trim();

    private static string Format(string format, int number) => format switch
    {
        "lowerLetter" => Numerals.Letters(number),
        "upperLetter" => Numerals.UpperLetters(number),
        "lowerRoman" => Numerals.Roman(number),
        "upperRoman" => Numerals.UpperRoman(number),
        "decimalZero" => number.ToString("00", CultureInfo.InvariantCulture),
        "ordinal" => Numerals.Ordinal(number),
        "bullet" or "none" => "",
        _ => Numerals.Decimal(number),
    };

    private Level[] ReadLevels(XmlReader reader, string id)
    {
        var levels = Enumerable.Repeat(new Level(1, "none", "", IsLegal: false, Style: null), Levels).ToArray();
        var (hasContent, depth, at) = (!reader.IsEmptyElement, reader.Depth, 0);
        while (hasContent && reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "styleLink" && reader.Attribute("val") is { } own)
                _ofListStyle[own] = id;
            else if (reader.LocalName == "numStyleLink" && reader.Attribute("val") is { } other)
                _listStyles[id] = other;
            else if (reader.LocalName == "lvl")
                at = Math.Clamp(Number(reader.Attribute("ilvl")), 0, Levels - 1);
            levels[at] = reader.LocalName switch
            {
                "lvl" => new Level(1, "decimal", "", IsLegal: false, Style: null),
                "start" => levels[at] with { Start = Number(reader.Attribute("val")) },
                "numFmt" => levels[at] with { Format = reader.Attribute("val") ?? "decimal" },
                "lvlText" => levels[at] with { Text = reader.Attribute("val") ?? "" },
                "pStyle" => levels[at] with { Style = reader.Attribute("val") },
                "isLgl" => levels[at] with { IsLegal = reader.IsOn() },
                _ => levels[at],
            };
        }
        return levels;
    }

    private static Numbering ReadNumbering(XmlReader reader)
    {
        var numbering = new Numbering();
        var (hasContent, depth, at) = (!reader.IsEmptyElement, reader.Depth, 0);
        while (hasContent && reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "abstractNumId")
                numbering.Abstract = reader.Attribute("val") ?? "";
            else if (reader.LocalName == "lvlOverride")
                at = Math.Clamp(Number(reader.Attribute("ilvl")), 0, Levels - 1);
            else if (reader.LocalName == "startOverride")
                numbering.Restarts[at] = Number(reader.Attribute("val"));
        }
        return numbering;
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, 1_000_000) : 0;

    [GeneratedRegex("%[1-9]", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Place();

    /// <param name="Style">The paragraph style that has this level; null for none.</param>
    private sealed record Level(int Start, string Format, string Text, bool IsLegal, string? Style);

    private sealed class Numbering
    {
        public string Abstract { get; set; } = "";

        /// <summary>The numbers at which levels begin anew.</summary>
        public Dictionary<int, int> Restarts { get; } = [];
    }
}
