using System.Globalization;
using System.Text;

namespace RagApp.Text;

/// <summary>
/// Splits a short text into words for comparison with phrases: lower-cased runs of letters and digits, and single Chinese
/// characters.
/// </summary>
public static class Words
{
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text)
        {
            var isHan = Scripts.Of(c) == Script.Han;
            if (word.Length > 0 && (isHan || !BelongsToWord(c)))
            {
                words.Add(word.ToString());
                word.Clear();
            }
            if (isHan)
                words.Add(c.ToString());
            else if (BelongsToWord(c))
                word.Append(char.ToLowerInvariant(c));
        }
        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    private static bool BelongsToWord(char c) =>
        char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
