using System.Globalization;
using System.Text;

namespace RagApp.Ingestion.Parsing;

/// <summary>Makes whatever a file holds into text that every later step can take: valid Unicode, no control characters, trimmed.</summary>
internal static class CleanText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Keeps line breaks; runs of spaces become one.</summary>
    public static string Of(string? text) => Clean(text, keepLines: true);

    /// <summary>Everything on one line.</summary>
    public static string OneLine(string? text) => Clean(text, keepLines: false);

    private static string Clean(string? text, bool keepLines)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var clean = new StringBuilder(text.Length);
        var breaks = 0;
        var space = false;
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes out as U+FFFD
        {
            if (IsInvisible(rune))
                continue;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                space = true;
                breaks += rune.Value == '\n' ? 1 : 0;
                continue;
            }
            AppendGap(clean, space, keepLines ? breaks : 0);
            (space, breaks) = (false, 0);
            Append(clean, rune);
        }
        return clean.ToString();
    }

    private static void AppendGap(StringBuilder clean, bool space, int breaks)
    {
        if (!space || clean.Length == 0)
            return;
        clean.Append(breaks switch { 0 => " ", 1 => "\n", _ => "\n\n" });
    }

    /// <summary>Format characters (soft hyphens, direction overrides, tags that hide text) but not the joiners that scripts and emoji need.</summary>
    private static bool IsInvisible(Rune rune) =>
        rune.Value == 0
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
            && rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner));

    /// <summary>Typeset ligatures come apart, so that a word is found as it is typed.</summary>
    private static void Append(StringBuilder clean, Rune rune)
    {
        var letters = rune.Value switch
        {
            0xFB00 => "ff",
            0xFB01 => "fi",
            0xFB02 => "fl",
            0xFB03 => "ffi",
            0xFB04 => "ffl",
            0xFB05 or 0xFB06 => "st",
            _ => null,
        };
        if (letters is null)
            clean.Append(rune.ToString());
        else
            clean.Append(letters);
    }
}
