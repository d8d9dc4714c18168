using RagApp.Text;

namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>
/// Puts Hebrew and Arabic, which stand on the page as they are seen, into the order in which they are read. Numbers and Latin words keep theirs:
/// <code>
/// םילקש 180 םה  ->  הם 180 שקלים
/// </code>
/// </summary>
internal static class ReadingDirection
{
    private const string Mirrored = "()[]{}<>«»", MirrorImages = ")(][}{><»«";

    /// <summary>Characters that stay within a number between its digits.</summary>
    private const string InNumbers = ".,:/-+%$€£#";

    public static bool HasRightToLeft(List<PageGlyph> letters) => letters.Exists(glyph => IsRightToLeft(glyph.Text));

    /// <summary>True when most letters are Hebrew or Arabic.</summary>
    public static bool IsRightToLeft(List<PageGlyph> letters)
    {
        var (right, left) = (0, 0);
        foreach (var glyph in letters)
        {
            if (IsRightToLeft(glyph.Text))
                right++;
            else if (char.IsLetter(glyph.Text[0]))
                left++;
        }
        return right > left;
    }

    /// <summary>The letters in the order in which they are read, each with whether a space stands before it.</summary>
    /// <param name="letters">The letters from left to right.</param>
    /// <param name="spaces">Says for each letter whether a space stands to the left of it.</param>
    /// <param name="lineIsRightToLeft">True for a line that is read from the right, false for one with some words that are.</param>
    public static List<(PageGlyph Glyph, bool SpaceBefore)> Logical(List<PageGlyph> letters, bool[] spaces, bool lineIsRightToLeft)
    {
        var runs = Runs(letters, lineIsRightToLeft);
        if (lineIsRightToLeft)
            runs.Reverse();
        var logical = new List<(PageGlyph, bool)>(letters.Count);
        foreach (var (start, end, rightToLeft) in runs)
        {
            for (var at = 0; at < end - start; at++)
            {
                var letter = rightToLeft ? end - 1 - at : start + at;
                var spaceBefore = at == 0
                    ? lineIsRightToLeft ? end < letters.Count && spaces[end] : spaces[start]
                    : rightToLeft ? spaces[letter + 1] : spaces[letter];
                logical.Add((rightToLeft ? Mirror(letters[letter]) : letters[letter], spaceBefore));
            }
        }
        return logical;
    }

    /// <summary>The letters that a presentation form stands for, which Arabic fonts have for each place in a word.</summary>
    public static string Plain(string text) => text[0] is >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC' ? NormalForm.Compatible(text) : text;

    private static List<(int Start, int End, bool RightToLeft)> Runs(List<PageGlyph> letters, bool lineIsRightToLeft)
    {
        var directions = new bool[letters.Count];
        for (var at = 0; at < letters.Count; at++)
        {
            directions[at] = IsStrong(letters, at) ? IsRightToLeft(letters[at].Text) : lineIsRightToLeft;
        }
        if (!lineIsRightToLeft)
            Embrace(letters, directions);
        var runs = new List<(int, int, bool)>();
        for (int start = 0, at = 1; at <= letters.Count; at++)
        {
            if (at < letters.Count && directions[at] == directions[start])
                continue;
            runs.Add((start, at, directions[start]));
            start = at;
        }
        return runs;
    }

    /// <summary>Signs between two Hebrew or Arabic letters belong to their words.</summary>
    private static void Embrace(List<PageGlyph> letters, bool[] directions)
    {
        for (var at = 1; at + 1 < letters.Count; at++)
            directions[at] |= directions[at - 1] && !IsStrong(letters, at) && directions[at + 1];
    }

    /// <summary>True for letters and digits, and signs within a number or a Latin word.</summary>
    private static bool IsStrong(List<PageGlyph> letters, int at)
    {
        var text = letters[at].Text;
        if (char.IsLetterOrDigit(text[0]) || IsRightToLeft(text))
            return true;
        return at > 0 && at + 1 < letters.Count && InNumbers.Contains(text[0], StringComparison.Ordinal) && IsLatin(letters[at - 1]) && IsLatin(letters[at + 1]);
    }

    private static bool IsLatin(PageGlyph glyph) => char.IsLetterOrDigit(glyph.Text[0]) && !IsRightToLeft(glyph.Text);

    private static bool IsRightToLeft(string text) => text[0] is >= '\u0590' and <= '\u08FF' and not (>= '\u0660' and <= '\u0669' or >= '\u06F0' and <= '\u06F9')
        or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC';

    private static PageGlyph Mirror(PageGlyph glyph) =>
        glyph.Text.Length == 1 && Mirrored.IndexOf(glyph.Text[0], StringComparison.Ordinal) is >= 0 and var at ? glyph with { Text = MirrorImages[at].ToString() } : glyph;
}
