using System.Globalization;
using RagApp.Contracts.Search;
using RagApp.Query.Routing;
using RagApp.Text;
using RagApp.Text.Analysis;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Rewrites a question that cannot stand alone, without a model: the names, numbers and subject words of the question before
/// are put in front of it. A question cannot stand alone when it begins like a follow-up ("and in Germany?"), has a pronoun for
/// something that it does not name ("when was it built?") or names hardly anything ("why?").
/// </summary>
internal sealed class FollowUpRules(Languages languages, ITextAnalysis analysis)
{
    /// <summary>A question with at most this many subject words names nothing.</summary>
    private const int FewWords = 1;

    /// <summary>A question that begins like a follow-up and has more subject words is complete.</summary>
    private const int ManyWords = 4;

    /// <summary>A question with more subject words states its subject, even if it has a pronoun.</summary>
    private const int ManyWordsBesidePronoun = 6;

    /// <summary>A question in another language than the one before, with more subject words, starts a new subject.</summary>
    private const int ManyWordsInAnotherLanguage = 2;

    /// <summary>Largest number of words to take from earlier messages.</summary>
    private const int MaxTaken = 8;

    /// <summary>Returns the rewritten question; null when the question stands alone or earlier messages add nothing.</summary>
    public string? Condense(string question, IReadOnlyList<SearchMessage> history)
    {
        var asked = Read(question);
        var earlier = history.Index().Where(message => message.Item.Role == SearchRole.User).Reverse()
            .Select(message => (Question: Read(message.Item.Text), message.Index)).ToList();
        if (earlier.Count == 0 || !IsFollowUp(asked, earlier[0].Question))
            return null;
        // The latest earlier question that stands alone has the subject; the follow-ups after it may add to it.
        var subject = new List<QuestionWord>();
        foreach (var (at, (before, index)) in earlier.Index())
        {
            var standsAlone = at == earlier.Count - 1 || !IsFollowUp(before, earlier[at + 1].Question);
            var named = asked.HasOpenAnaphor && standsAlone && (before.AsksForPerson || before.Subject.Count == 0)
                ? AnswerNames.In(AnswerTo(history, index), before, analysis)
                : [];
            subject.InsertRange(0, [.. before.Subject, .. named]);
            if (standsAlone)
                break;
        }
        var taken = Taken(subject, asked);
        return taken.Count == 0 ? null : $"{string.Join(' ', taken)}: {question}";
    }

    private FollowUpQuestion Read(string text) =>
        FollowUpQuestion.Read(text, languages.For(analysis.DetectLanguage(text), Words.Of(text)), analysis);

    private static bool IsFollowUp(FollowUpQuestion question, FollowUpQuestion before)
    {
        var subject = question.Subject.Count;
        return (question.HasOpenAnaphor && subject <= ManyWordsBesidePronoun
                || question.BeginsAsFollowUp && subject <= ManyWords
                || question.AsksSomething && subject <= FewWords && !question.Subject.Exists(word => word.IsName))
            && (subject <= ManyWordsInAnotherLanguage || string.Equals(question.Language, before.Language, StringComparison.Ordinal));
    }

    private static string? AnswerTo(IReadOnlyList<SearchMessage> history, int question) =>
        question + 1 < history.Count && history[question + 1].Role == SearchRole.Assistant ? history[question + 1].Text : null;

    /// <summary>
    /// Words that the question lacks: names and numbers before others, in their order. A year takes the place of a year, and a
    /// number that of a number.
    /// </summary>
    private static List<string> Taken(List<QuestionWord> subject, FollowUpQuestion asked)
    {
        var own = asked.Words.Select(word => word.Text).ToHashSet(StringComparer.Ordinal);
        var hasYear = asked.Words.Exists(word => IsYear(word.Text));
        var hasNumber = asked.Words.Exists(word => IsNumber(word.Text) && !IsYear(word.Text));
        return
        [
            .. subject.Where(word => !(IsYear(word.Text) ? hasYear : hasNumber && IsNumber(word.Text)) && own.Add(word.Text)).Index()
                .OrderByDescending(word => word.Item.IsName || IsNumber(word.Item.Text)).ThenBy(word => word.Index).Take(MaxTaken)
                .OrderBy(word => word.Index).Select(word => word.Item.Text),
        ];
    }

    private static bool IsNumber(string word) => word.All(char.IsDigit);

    private static bool IsYear(string word) =>
        word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100;
}
