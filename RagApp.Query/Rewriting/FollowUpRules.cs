using RagApp.Contracts.Search;
using RagApp.Query.Routing;
using RagApp.Storage.Analysis;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Condenses a follow-up without a model. A question is one when it begins as such ("and in Germany?"), has a word
/// that stands for something named before ("when was it built?") or names hardly anything itself ("why?"). What it
/// lacks are the subject words of the question before, and they are put in front of it.
/// </summary>
internal sealed class FollowUpRules(Languages languages, ITextAnalysis analysis)
{
    /// <summary>Subject words of its own below which a question names nothing.</summary>
    private const int FewWords = 1;

    /// <summary>A question with more subject words says what it is about, pronoun or not.</summary>
    private const int ManyWords = 6;

    /// <summary>Most subject words that are taken over.</summary>
    private const int MaxTaken = 12;

    /// <summary>Null when the question stands alone, or there is nothing to take over.</summary>
    public string? Condense(string question, IReadOnlyList<SearchMessage> history)
    {
        if (!IsFollowUp(question))
            return null;
        var own = Words.Of(question).ToHashSet(StringComparer.Ordinal);
        // The latest earlier question that stands alone itself has the subject; those after it may add to it.
        var subject = new List<string>();
        foreach (var earlier in history.Where(message => message.Role == SearchRole.User).Reverse())
        {
            subject.InsertRange(0, SubjectOf(earlier.Text));
            if (!IsFollowUp(earlier.Text))
                break;
        }
        var taken = subject.Where(word => own.Add(word)).Take(MaxTaken).ToList();
        return taken.Count == 0 ? null : $"{string.Join(' ', taken)}: {question}";
    }

    private bool IsFollowUp(string question)
    {
        var words = Words.Of(question);
        var language = languages.For(analysis.DetectLanguage(question));
        var subject = SubjectOf(question).Count;
        return subject <= ManyWords && (
            language.FollowUps.LengthAt(words, 0) > 0
            || language.Anaphors.AnyIn(words)
            || (subject <= FewWords && language.QuestionWords.AnyIn(words)));
    }

    /// <summary>The words of a question that say what it is about: no stop words, no question words.</summary>
    private List<string> SubjectOf(string question)
    {
        var code = analysis.DetectLanguage(question);
        var language = languages.For(code);
        var words = Words.Of(question);
        var subject = new List<string>();
        for (var i = 0; i < words.Count;)
        {
            var skipped = Math.Max(language.QuestionWords.LengthAt(words, i), Math.Max(language.Anaphors.LengthAt(words, i), i == 0 ? language.FollowUps.LengthAt(words, 0) : 0));
            if (skipped == 0 && analysis.Terms(words[i], code).Count > 0)
                subject.Add(words[i]);
            i += Math.Max(1, skipped);
        }
        return subject;
    }
}
