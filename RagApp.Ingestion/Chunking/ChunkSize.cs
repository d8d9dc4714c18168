using System.Text;
using RagApp.Text;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// Measures the length of a chunk in words, because the tokenizer depends on the model; a word is about 1.36 tokens. In
/// scripts that write without spaces, two characters count as a word; so do two digits or punctuation marks, which cost
/// a token each.
/// </summary>
internal static class ChunkSize
{
    /// <summary>Largest number of words in a chunk.</summary>
    public const double MaxWords = 110;

    /// <summary>Largest number of characters in a chunk, in any script.</summary>
    public const int MaxCharacters = 1_500;

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

    public static bool Fits(string text) => text.Length <= MaxCharacters && Words(text) <= MaxWords;

    private static double WordsOf(double letters, double dense, bool inWord) =>
        inWord ? Math.Max(1, (letters / LettersPerWord) + (dense * WordsPerDenseCharacter)) : 0;

    /// <summary>
    /// True for digits, punctuation marks, and letters of scripts that write without spaces, in syllables (Hangul), or beyond
    /// U+FFFF.
    /// </summary>
    private static bool IsDense(Rune rune) =>
        !Rune.IsLetter(rune) || !rune.IsBmp || Scripts.HasNoSpaces(rune.Value) || Scripts.Of(rune.Value) == Script.Hangul;
}
