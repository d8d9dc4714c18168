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
    /// <summary>At the end of a line: a hyphen that is only shown there.</summary>
    public const char SoftHyphen = '\u00AD';

    /// <summary>Words after the hyphen of a shortened compound, as in <c>pre- and postwar</c>.</summary>
    private static readonly FrozenSet<string> Conjunctions = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "and", "or", "to", "und", "oder", "bis", "sowie", "et", "ou", "y", "e", "en", "of", "och", "og");

    /// <param name="words">Knows how the document writes words that are divided.</param>
    public static string Join(IEnumerable<string> lines, DividedWords words)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.Length > 0)
                Append(text, line, words);
        }
        return text.ToString();
    }

    /// <summary>True for a line whose last word goes on in the next line.</summary>
    public static bool EndsDivided(string line) => line.Length > 1 && IsHyphen(line[^1]) && char.IsLetter(line[^2]);

    /// <summary>The two parts of a word that is divided between two lines; null when none is, or the hyphen stands for a word that is left out.</summary>
    public static (string First, string Second)? Parts(ReadOnlySpan<char> above, string below)
    {
        if (above.Length < 2 || below.Length == 0 || !IsHyphen(above[^1]) || !char.IsLetterOrDigit(above[^2]) || !char.IsLetterOrDigit(below[0]))
            return null;
        var (start, end) = (above.Length - 1, 0);
        while (start > 0 && (char.IsLetterOrDigit(above[start - 1]) || IsHyphen(above[start - 1])))
            start--;
        while (end < below.Length && char.IsLetterOrDigit(below[end]))
            end++;
        return Conjunctions.Contains(below[..end]) ? null : (above[start..^1].ToString(), below[..end]);
    }

    private static void Append(StringBuilder text, string line, DividedWords words)
    {
        if (Parts(LastWord(text), line) is { } parts)
        {
            if (!words.KeepsHyphen(parts.First, parts.Second, isSoft: text[^1] == SoftHyphen))
                text.Length--;
        }
        else if (text.Length > 0 && !(text[^1] >= '\u2E80' && line[0] >= '\u2E80'))
            text.Append(' ');
        text.Append(line);
    }

    private static string LastWord(StringBuilder text)
    {
        var start = text.Length;
        while (start > 0 && text[start - 1] != ' ')
            start--;
        return text.ToString(start, text.Length - start);
    }

    private static bool IsHyphen(char c) => c is '-' or SoftHyphen or '\u2010';
}
