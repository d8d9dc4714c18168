using System.Text.RegularExpressions;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Text;
using RagApp.Text.Analysis;
using RagApp.Text.Languages;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>
/// Tells whether two questions with similar vectors ask for the same. Vectors of questions that differ in a number, a name or a "not" are close, so
/// the words decide: 1. the language is the same, and one whose contrasts are known; 2. numbers, and words with digits or capital letters, are
/// equal and in the same order; 3. so are contrasts (not, without, before, latest) and the first question word; 4. a word that only one question
/// has is in none of the passages that were found, so that the passages do not tell the questions apart by it.
/// </summary>
internal static partial class SameMeaning
{
    public static bool Of(Question question, string other, ITextAnalysis analysis)
    {
        var language = analysis.DetectLanguage(question.Text);
        if (analysis.DetectLanguage(other) != language || Language.Find(language) is not { } words || words.Contrasts.IsEmpty) // 1
            return false;
        IReadOnlyList<string> asked = Words.Of(question.Text), before = Words.Of(other);
        return Numbers.In(question.Text).SequenceEqual(Numbers.In(other), StringComparer.Ordinal) // 2
            && NamesOf(question.Text, words).SequenceEqual(NamesOf(other, words), StringComparer.OrdinalIgnoreCase)
            && words.Contrasts.AllIn(asked).SequenceEqual(words.Contrasts.AllIn(before), StringComparer.Ordinal) // 3
            && words.QuestionWords.AllIn(asked).FirstOrDefault() == words.QuestionWords.AllIn(before).FirstOrDefault()
            && !AreToldApart(analysis.Terms(question.Text, language), analysis.Terms(other, language), question.Passages, analysis); // 4
    }

    /// <summary>Words with a digit, and words with a capital letter, unless it is a question word at the beginning.</summary>
    private static IEnumerable<string> NamesOf(string text, Language language) => Word().Matches(text)
        .Where(match => match.Value.Any(char.IsDigit) || (match.Value.Any(char.IsUpper) && !(match.Index == 0 && language.QuestionWords.LengthAt(Words.Of(text), 0) > 0)))
        .Select(match => match.Value);

    private static bool AreToldApart(IReadOnlyList<string> asked, IReadOnlyList<string> before, IReadOnlyList<SearchHit> passages, ITextAnalysis analysis)
    {
        var different = asked.Except(before, StringComparer.Ordinal).Concat(before.Except(asked, StringComparer.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return different.Count > 0 && passages.Any(passage =>
            analysis.Terms($"{passage.Title}\n{passage.Section}\n{passage.Text}", LanguageOf(passage, analysis)).Any(different.Contains));
    }

    private static string LanguageOf(SearchHit passage, ITextAnalysis analysis) => passage.Properties?.Language ?? analysis.DetectLanguage(passage.Text);

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd}_/.:#+-]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
