using System.Globalization;
using System.Text;
using RagApp.Text;

namespace RagApp.Parsing;

/// <summary>Cleans text from a file so that every later step can take it: valid Unicode, no control characters, trimmed.</summary>
internal static class CleanText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const int EmptyBox = '\u2610';
    private const int TickedBox = '\u2611';
    private const int CrossedBox = '\u2612';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Cleans the text, keeping line breaks; runs of spaces become one.</summary>
    public static string Of(string? text) => Clean(text, keepLines: true);

    /// <summary>Cleans the text and puts it on one line.</summary>
    public static string OneLine(string? text) => Clean(text, keepLines: false);

    private static string Clean(string? text, bool keepLines)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var clean = new StringBuilder(text.Length);
        var breaks = 0;
        var space = false;
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate becomes U+FFFD
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

    /// <summary>
    /// True for NUL and for format characters (soft hyphens, direction overrides, tags that hide text), except the joiners that
    /// scripts and emoji need.
    /// </summary>
    private static bool IsInvisible(Rune rune) =>
        rune.Value == 0
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
            && rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner));

    /// <summary>Appends a character; ligatures are split into letters, so that a search finds the word as it is typed, and boxes are written as people type them.</summary>
    private static void Append(StringBuilder clean, Rune rune)
    {
        if (rune.Value is EmptyBox or TickedBox or CrossedBox)
            clean.Append(rune.Value == EmptyBox ? "[ ]" : "[x]");
        else if (Ligatures.Apart(rune.Value) is { } letters)
            clean.Append(letters);
        else
            clean.Append(rune.ToString());
    }
}
