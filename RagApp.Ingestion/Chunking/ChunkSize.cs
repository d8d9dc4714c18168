using System.Text;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// How long a chunk is. Tokens are the model's business, so words stand for them: about 1.36 tokens each. Where
/// words have no spaces two characters count as a word, and so do two digits or marks, which cost a token each.
/// </summary>
internal static class ChunkSize
{
    /// <summary>Most words of a chunk.</summary>
    public const double MaxWords = 110;

    /// <summary>Most characters of a chunk, whatever they are.</summary>
    public const int MaxCharacters = 1_500;

    /// <summary>Letters after which a word counts as more than one: long words are several tokens.</summary>
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

    /// <summary>Digits, marks, and letters of scripts that write without spaces, or in syllables (Hangul).</summary>
    private static bool IsDense(Rune rune) => !Rune.IsLetter(rune) || rune.Value switch
    {
        >= 0x0E00 and <= 0x0EFF => true, // Thai, Lao
        >= 0x1000 and <= 0x109F => true, // Myanmar
        >= 0x1100 and <= 0x11FF => true, // Hangul letters
        >= 0x1780 and <= 0x17FF => true, // Khmer
        >= 0x2E80 and <= 0x9FFF => true, // Chinese, Japanese
        >= 0xA960 and <= 0xD7FF => true, // Javanese, Hangul syllables and others
        >= 0xF900 and <= 0xFAFF => true, // Chinese, compatibility
        > 0xFFFF => true,
        _ => false,
    };
}
