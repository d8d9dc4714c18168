using System.Text.RegularExpressions;
using RagApp.Text;
using RagApp.Text.Analysis;
using RagApp.Text.Sentences;

namespace RagApp.Query.Rewriting;

/// <summary>Finds the name that an answer gives to a question such as "who wrote it?", which a later "he" refers to.</summary>
internal static partial class AnswerNames
{
    /// <summary>Number of sentences at the beginning of the answer that are read: a quoted answer begins with an introduction.</summary>
    private const int Sentences = 3;

    private const int LongestName = 4;

    /// <summary>The first name of several words, or else of one, that the question does not have; empty when there is none.</summary>
    public static IReadOnlyList<QuestionWord> In(string? answer, FollowUpQuestion question, ITextAnalysis analysis)
    {
        if (answer is null)
            return [];
        var asked = question.Words.Select(word => word.Text).ToHashSet(StringComparer.Ordinal);
        var language = analysis.DetectLanguage(answer);
        var names = SentenceSplitter.Split(answer, SentenceRules.ForQuotes).Take(Sentences)
            .SelectMany(sentence => CapitalizedWords().Matches(sentence.Text))
            .Select(run => Words.Of(run.Value).Where(word => !asked.Contains(word) && analysis.Terms(word, language).Count > 0).Take(LongestName).ToList())
            .Where(name => name.Count > 0)
            .ToList();
        return [.. (names.Find(name => name.Count > 1) ?? names.FirstOrDefault() ?? []).Select(word => new QuestionWord(word, IsName: true))];
    }

    /// <summary>Neighbouring words with a capital letter, such as <c>Jeffrey P. Bezos</c>.</summary>
    [GeneratedRegex(@"\p{Lu}[\p{L}\p{M}'’-]*\.?(?:[ ]\p{Lu}[\p{L}\p{M}'’-]*\.?)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CapitalizedWords();
}
