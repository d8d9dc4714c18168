using System.Globalization;
using RagApp.Storage.Analysis;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The words of a text as people write them, folded but not stemmed: what a misspelt word may have been meant for.
/// Numbers, codes, and languages that put no spaces between words have none.
/// </summary>
internal static class SurfaceWords
{
    /// <summary>Shorter words are too like each other for one to stand for another.</summary>
    public const int ShortestCorrected = 4;

    private const int Longest = 32;

    /// <summary>From here on scripts are written without spaces, Korean aside, which is indexed as pairs all the same.</summary>
    private const char FirstOfEastAsia = '\u2E80';

    /// <summary>Each once.</summary>
    public static IEnumerable<string> Of(string text, string language) =>
        LanguageAnalyzers.Plain.Split(TextFolding.Text(text, language))
            .Select(word => word.Text)
            .Where(IsWord)
            .Distinct(StringComparer.Ordinal);

    private static bool IsWord(string word) =>
        word.Length is >= ShortestCorrected - 1 and <= Longest && word.All(IsLetter) && !SouthEastAsian.IsIn(word);

    private static bool IsLetter(char letter) => letter < FirstOfEastAsia
        && (char.IsLetter(letter) || letter is '\'' || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark);
}
