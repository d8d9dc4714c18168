using System.Text;

namespace RagApp.Text;

/// <summary>
/// Measures the length of a text in words, where a tokenizer is not known; a word is about 1.36 tokens. In scripts that write without
/// spaces, two characters count as a word; so do two digits or punctuation marks, which cost a token each.
/// </summary>
public static class WordMeasure
{
    /// <summary>Number of letters after which a word counts as more than one, because a long word is several tokens.</summary>
    private const double LettersPerWord = 8;

    private const double WordsPerDenseCharacter = 0.5;

    public static double Words(ReadOnlySpan<char> text)
    {
        double words = 0;
        double letters = 0;
        double dense = 0;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                words += WordsOf(letters, dense, inWord);
                (letters, dense, inWord) = (0, 0, false);
                continue;
            }
            inWord = true;
            if (IsDense(rune))
                dense++;
            else
                letters++;
        }
        return words + WordsOf(letters, dense, inWord);
    }

    private static double WordsOf(double letters, double dense, bool inWord) =>
        inWord ? Math.Max(1, (letters / LettersPerWord) + (dense * WordsPerDenseCharacter)) : 0;

    /// <summary>
    /// True for digits, punctuation marks, and letters of scripts that write without spaces, in syllables (Hangul), or beyond
    /// U+FFFF.
    /// </summary>
    private static bool IsDense(Rune rune) =>
        !Rune.IsLetter(rune) || !rune.IsBmp || Scripts.HasNoSpaces(rune.Value) || Scripts.Of(rune.Value) == Script.Hangul;
}
