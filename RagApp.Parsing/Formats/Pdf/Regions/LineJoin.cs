using System.Collections.Frozen;
using System.Text;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>
/// Joins lines, and words that are divided at the end of a line. The hyphen of a compound stays:
/// <code>
/// tele-|phone  ->  telephone      high-|voltage  ->  high-voltage      COVID-|19  ->  COVID-19      Ein-|und Ausgang  ->  Ein- und Ausgang
/// </code>
/// </summary>
internal static class LineJoin
{
    private const char SoftHyphen = '\u00AD';

    /// <summary>Words that are mostly the first part of a compound with a hyphen.</summary>
    private static readonly FrozenSet<string> FirstParts = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "well", "high", "low", "long", "short", "self", "half", "full", "part", "old", "new", "non", "cross", "double", "single", "two", "three", "four", "five", "six", "ten",
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "first", "second", "third", "ill", "hard", "soft", "large", "small", "medium", "open", "closed",
        "air", "water", "fire", "real", "state", "so", "multi", "all", "ever", "far", "free", "left", "right", "user", "time", "data", "vice", "ex", "anti", "quasi", "semi");

    /// <summary>Words after the hyphen of a shortened compound, as in <c>pre- and postwar</c>.</summary>
    private static readonly FrozenSet<string> Conjunctions = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "and", "or", "to", "und", "oder", "bis", "sowie", "et", "ou", "y", "e", "en", "of", "och", "og");

    public static string Join(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.Length > 0)
                Append(text, line);
        }
        return text.ToString();
    }

    /// <summary>True for a line whose last word goes on in the next line.</summary>
    public static bool EndsDivided(string line) => line.Length > 1 && IsHyphen(line[^1]) && char.IsLetter(line[^2]);

    private static void Append(StringBuilder text, string line)
    {
        if (text.Length < 2 || !IsHyphen(text[^1]) || !char.IsLetterOrDigit(text[^2]) || !char.IsLetterOrDigit(line[0]) || Conjunctions.Contains(FirstWord(line)))
        {
            if (text.Length > 0 && !(text[^1] >= '\u2E80' && line[0] >= '\u2E80'))
                text.Append(' ');
        }
        else if (text[^1] == SoftHyphen || (char.IsLower(text[^2]) && char.IsLower(line[0]) && !IsCompound(text)))
            text.Length--;
        text.Append(line);
    }

    private static bool IsHyphen(char c) => c is '-' or SoftHyphen or '\u2010';

    private static bool IsCompound(StringBuilder text)
    {
        var start = text.Length - 1;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        return FirstParts.Contains(text.ToString(start, text.Length - 1 - start));
    }

    private static string FirstWord(string line)
    {
        var end = 0;
        while (end < line.Length && char.IsLetter(line[end]))
            end++;
        return line[..end];
    }
}
