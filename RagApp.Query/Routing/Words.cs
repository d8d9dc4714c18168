using System.Globalization;
using System.Text;

namespace RagApp.Query.Routing;

/// <summary>The words of a short text as phrases are compared by: lower-cased runs of letters and digits, and each Chinese character by itself.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text)
        {
            var isHan = c is >= '\u3400' and <= '\u9FFF';
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
