using System.Text.RegularExpressions;
using Lucene.Net.Analysis.Util;

namespace RagApp.Text.Analysis;

/// <summary>
/// Acronyms that would be lost as stop words, such as <c>IT</c> and <c>WHO</c>: two to five capital letters whose neighbours are
/// not all capitals, as they are in a heading. The term is in lower case, which no stop word of the language is ever indexed as.
/// </summary>
internal static partial class Acronyms
{
    /// <summary>In order.</summary>
    public static IEnumerable<Code> In(string text, CharArraySet stopWords)
    {
        var words = AnyWord().Matches(text);
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Length <= 5 && IsCapitals(words[i].Value) && stopWords.Contains(words[i].Value.ToLowerInvariant())
                && !(i > 0 && IsCapitals(words[i - 1].Value)) && !(i + 1 < words.Count && IsCapitals(words[i + 1].Value)))
                yield return new Code(words[i].Value.ToLowerInvariant(), words[i].Index);
        }
    }

    private static bool IsCapitals(string word) => word.Length > 1 && !word.AsSpan().ContainsAnyExceptInRange('A', 'Z');

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}'-]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex AnyWord();
}
