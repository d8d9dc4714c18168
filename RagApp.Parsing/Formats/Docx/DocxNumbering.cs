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
/// </code>
/// </summary>
internal sealed partial class DocxNumbering
{
    /// <summary>The number of no list, which takes a paragraph out of the list of its style.</summary>
    public const string None = "0";

    private const int Levels = 9;

    private readonly Dictionary<string, Level[]> _abstract = new(StringComparer.Ordinal);
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
                numbering._abstract[id] = ReadLevels(reader);
            else if (reader.LocalName == "num" && reader.Attribute("numId") is { } number)
                numbering._numberings[number] = ReadNumbering(reader);
        }
        return numbering;
    }

    /// <summary>Counts a paragraph and returns its number, such as <c>2.1</c>; empty for a bullet and for no number.</summary>
    public string Next(string numberId, int level)
    {
        if (!_numberings.TryGetValue(numberId, out var numbering) || !_abstract.TryGetValue(numbering.Abstract, out var levels))
            return "";
        level = Math.Clamp(level, 0, Levels - 1);
        if (!_counts.TryGetValue(numbering.Abstract, out var counts))
            _counts[numbering.Abstract] = counts = new int?[Levels];
        foreach (var (restarted, start) in numbering.Restarts)
            counts[restarted] = start - 1;
        numbering.Restarts.Clear(); // at its first paragraph only
        counts[level] = (counts[level] ?? levels[level].Start - 1) + 1;
        Array.Fill(counts, null, level + 1, Levels - level - 1);
        return Label(levels, counts, level);
    }

    /// <summary>Reads a level, from 0.</summary>
    public static int LevelOf(XmlReader reader) => Number(reader.Attribute("val"));

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

    private static Level[] ReadLevels(XmlReader reader)
    {
        var levels = Enumerable.Repeat(new Level(1, "none", "", IsLegal: false), Levels).ToArray();
        var (hasContent, depth, at) = (!reader.IsEmptyElement, reader.Depth, 0);
        while (hasContent && reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "lvl")
                at = Math.Clamp(Number(reader.Attribute("ilvl")), 0, Levels - 1);
            levels[at] = reader.LocalName switch
            {
                "lvl" => new Level(1, "decimal", "", IsLegal: false),
                "start" => levels[at] with { Start = Number(reader.Attribute("val")) },
                "numFmt" => levels[at] with { Format = reader.Attribute("val") ?? "decimal" },
                "lvlText" => levels[at] with { Text = reader.Attribute("val") ?? "" },
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

    private sealed record Level(int Start, string Format, string Text, bool IsLegal);

    private sealed class Numbering
    {
        public string Abstract { get; set; } = "";

        /// <summary>The numbers at which levels begin anew.</summary>
        public Dictionary<int, int> Restarts { get; } = [];
    }
}
