using System.Globalization;
using RagApp.Text;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>
/// The words of a text, folded but not stemmed: the candidates for spelling correction. Numbers and codes are left out, and
/// words of languages that write no spaces.
/// </summary>
internal static class SurfaceWords
{
    /// <summary>Length of the shortest word that is corrected, in characters: shorter words are too similar to each other.</summary>
    public const int ShortestCorrected = 4;

    private const int Longest = 32;

    /// <summary>The different words of a text.</summary>
    public static IEnumerable<string> Of(string text, string language) =>
        SurfaceForms.Of(text, language).Where(IsWord).Distinct(StringComparer.Ordinal);

    private static bool IsWord(string word) =>
        word.Length is >= ShortestCorrected - 1 and <= Longest && word.All(IsLetter);

    /// <summary>Korean is indexed as pairs, as Chinese is, although it has spaces.</summary>
    private static bool IsLetter(char letter) =>
        (char.IsLetter(letter) || letter is '\'' || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
        && !Scripts.HasNoSpaces(letter) && Scripts.Of(letter) != Script.Hangul;
}
