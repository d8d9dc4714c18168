using System.Text.RegularExpressions;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Text;
using RagApp.Text.Analysis;
using RagApp.Text.Languages;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>
/// Tells whether two questions with similar vectors ask for the same. Vectors of questions that differ in one word that matters are close, so the
/// words decide: 1. the language is the same, and one whose contrasts are known; 2. numbers, and words with digits or capital letters, are equal
/// and in the same order; 3. so are contrasts (not, without, before, latest), and the first question word is the same; 4. so are the stems of all
/// other words, except stop words and words of courtesy.
/// </summary>
internal static partial class SameMeaning
{
    public static bool Of(string one, string other, ITextAnalysis analysis)
    {
        var code = analysis.DetectLanguage(one);
        if (analysis.DetectLanguage(other) != code || Language.Find(code) is not { Contrasts.IsEmpty: false } language) // 1
            return false;
        IReadOnlyList<string> words = Words.Of(one), otherWords = Words.Of(other);
        return Numbers.In(one).SequenceEqual(Numbers.In(other), StringComparer.Ordinal) // 2
            && NamesOf(one, language).SequenceEqual(NamesOf(other, language), StringComparer.OrdinalIgnoreCase)
            && language.Contrasts.AllIn(words).SequenceEqual(language.Contrasts.AllIn(otherWords), StringComparer.Ordinal) // 3
            && language.QuestionWords.AllIn(words).FirstOrDefault() == language.QuestionWords.AllIn(otherWords).FirstOrDefault()
            && StemsOf(words, language, analysis).SequenceEqual(StemsOf(otherWords, language, analysis), StringComparer.Ordinal); // 4
    }

    /// <summary>Words with a digit, and words with a capital letter, unless it is a question word at the beginning.</summary>
    private static IEnumerable<string> NamesOf(string text, Language language) => Word().Matches(text)
        .Where(match => match.Value.Any(char.IsDigit) || (match.Value.Any(char.IsUpper) && !(match.Index == 0 && language.QuestionWords.LengthAt(Words.Of(text), 0) > 0)))
        .Select(match => match.Value);

    private static IReadOnlyList<string> StemsOf(IReadOnlyList<string> words, Language language, ITextAnalysis analysis)
    {
        var plain = new List<string>();
        for (var start = 0; start < words.Count;)
        {
            var courtesy = language.SmallTalk?.Fillers.LengthAt(words, start) ?? 0;
            if (courtesy == 0)
                plain.Add(words[start]);
            start += Math.Max(1, courtesy);
        }
        return analysis.Terms(string.Join(' ', plain), language.Code);
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd}_/.:#+-]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
