using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>
/// Counts the items of lists and the headings, as their styles number them:
/// <code>
/// text:list-style name="L1" / text:list-level-style-number   text:level, style:num-format, style:num-suffix, text:display-levels
/// text:outline-style        / text:outline-level-style       the same for headings
/// text:list style-name="L1" / text:list-item / text:p        2.1
/// </code>
/// </summary>
internal sealed class OdfNumbering
{
    private const string Headings = "";
    private const int Levels = 10;
    private const int DeepestList = 1_000;

    private readonly Dictionary<(string Style, int Level), Level> _levels = [];
    private readonly Dictionary<string, int[]> _counts = new(StringComparer.Ordinal);
    private readonly Stack<string> _lists = new();
    private string _style = "";
    private int _tooDeep;
    private bool _itemBegins;

    /// <summary>Reads an element of the styles.</summary>
    public void ReadStyle(XmlReader reader)
    {
        if (reader.Name is "text:list-style" or "text:outline-style")
            _style = reader.Name == "text:outline-style" ? Headings : reader.GetAttribute("style:name") ?? "";
        else if (reader.Name is "text:list-level-style-number" or "text:outline-level-style")
            _levels[(_style, Number(reader.GetAttribute("text:level"), 1))] = new Level(
                reader.GetAttribute("style:num-format") ?? "", reader.GetAttribute("style:num-prefix") ?? "", reader.GetAttribute("style:num-suffix") ?? "",
                Number(reader.GetAttribute("text:display-levels"), 1), Number(reader.GetAttribute("text:start-value"), 1));
    }

    public void OpenList(XmlReader reader)
    {
        if (_lists.Count == DeepestList)
        {
            _tooDeep++;
            return;
        }
        var isInner = _lists.TryPeek(out var around);
        _lists.Push(reader.GetAttribute("text:style-name") ?? around ?? "");
        if (!isInner && reader.GetAttribute("text:continue-numbering") is not "true" && reader.GetAttribute("text:continue-list") is null)
            _counts.Remove(_lists.Peek());
    }

    public void CloseList()
    {
        if (_tooDeep > 0)
            _tooDeep--;
        else
            _lists.TryPop(out _);
    }

    public void OpenItem(XmlReader reader)
    {
        _itemBegins = true;
        if (_lists.TryPeek(out var style) && int.TryParse(reader.GetAttribute("text:start-value"), NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            CountsOf(style)[Math.Min(_lists.Count, Levels) - 1] = start - 1;
    }

    /// <summary>The number of a paragraph, which counts when it begins an item; empty for none.</summary>
    public string OfItem()
    {
        if (!_itemBegins || !_lists.TryPeek(out var style))
            return "";
        _itemBegins = false;
        return Next(style, _lists.Count);
    }

    public string OfHeading(int level) => Next(Headings, level);

    private string Next(string style, int level)
    {
        level = Math.Clamp(level, 1, Levels);
        if (!_levels.TryGetValue((style, level), out var shown))
            return "";
        var counts = CountsOf(style);
        counts[level - 1] = counts[level - 1] == 0 ? shown.Start : counts[level - 1] + 1;
        Array.Clear(counts, level, Levels - level);
        if (shown.Format.Length == 0)
            return "";
        var parts = Enumerable.Range(level - Math.Clamp(shown.Shown, 1, level) + 1, Math.Clamp(shown.Shown, 1, level))
            .Select(at => Format(_levels.GetValueOrDefault((style, at))?.Format ?? "1", counts[at - 1]));
        return $"{shown.Prefix}{string.Join('.', parts)}{shown.Suffix}".Trim();
    }

    private int[] CountsOf(string style)
    {
        if (!_counts.TryGetValue(style, out var counts))
            _counts[style] = counts = new int[Levels];
        return counts;
    }

    private static string Format(string format, int number) => format switch
    {
        "a" => Numerals.Letters(number),
        "A" => Numerals.UpperLetters(number),
        "i" => Numerals.Roman(number),
        "I" => Numerals.UpperRoman(number),
        _ => Numerals.Decimal(number),
    };

    private static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 1_000_000) : otherwise;

    private sealed record Level(string Format, string Prefix, string Suffix, int Shown, int Start);
}
