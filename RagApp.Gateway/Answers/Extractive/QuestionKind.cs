using System.Collections.Frozen;
using System.Text.RegularExpressions;
using RagApp.Text.Languages;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Kind of answer that a question asks for, told by its question words.</summary>
/// <param name="Numbers">Numbers in the question itself; repeating them is no answer.</param>
internal sealed partial record QuestionKind(bool WantsNumber, bool WantsTime, IReadOnlySet<string> Numbers)
{
    private static readonly FrozenDictionary<string, (Regex Number, Regex Time)> Words = Language.All
        .Where(language => language.NumberQuestions.Count > 0)
        .ToFrozenDictionary(language => language.Code, language => (Matcher(language.NumberQuestions), Matcher(language.TimeQuestions)), StringComparer.Ordinal);

    /// <param name="language">
    /// Language of the question, two letters (ISO 639-1); for a language without question words here, no kind is recognized.
    /// </param>
    public static QuestionKind Of(string question, string language)
    {
        var wantsTime = Words.TryGetValue(language, out var words) && words.Time.IsMatch(question);
        return new QuestionKind(words.Number?.IsMatch(question) ?? false, wantsTime, NumbersIn(question));
    }

    /// <summary>True when the question asks for a number or a time and the sentence has a number that the question lacks.</summary>
    public bool IsGivenNumber(IReadOnlySet<string> numbers) => (WantsNumber || WantsTime) && !Numbers.IsSupersetOf(numbers);

    /// <summary>True when the question asks for a time and the sentence has a year that the question lacks.</summary>
    public bool IsGivenYear(IReadOnlySet<string> numbers) => WantsTime && numbers.Any(number => IsYear(number) && !Numbers.Contains(number));

    public static IReadOnlySet<string> NumbersIn(string text) =>
        Number().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    private static bool IsYear(string number) => number is ['1', _, _, _] or ['2', '0', _, _] && number.All(char.IsDigit);

    private static Regex Matcher(IEnumerable<string> patterns) =>
        new(string.Join('|', patterns), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(2));

    [GeneratedRegex(@"\d+(?:[.,]\d+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Number();
}
