using RagApp.Text.Analysis;
using RagApp.Text.Languages;

namespace RagApp.Query.Rewriting;

/// <summary>A question of a conversation, as far as it matters for follow-ups.</summary>
/// <param name="Words">All its words, in order.</param>
/// <param name="Subject">The words that name its subject: no stop words, question words or pronouns.</param>
/// <param name="Language">Two letters (ISO 639-1).</param>
/// <param name="BeginsAsFollowUp">True when it begins with a word such as "and".</param>
/// <param name="HasOpenAnaphor">True when it has a pronoun for something that it does not name itself.</param>
/// <param name="AsksSomething">True when it has a question word.</param>
/// <param name="AsksForPerson">True when it asks who.</param>
internal sealed record FollowUpQuestion(
    List<QuestionWord> Words,
    List<QuestionWord> Subject,
    string Language,
    bool BeginsAsFollowUp,
    bool HasOpenAnaphor,
    bool AsksSomething,
    bool AsksForPerson)
{
    /// <summary>Nouns have a capital letter in German, and so do the pronouns of address, which refer to nobody named before.</summary>
    private const string CapitalNouns = "de";

    public static FollowUpQuestion Read(string text, Language language, ITextAnalysis analysis)
    {
        var code = language.Code;
        var words = QuestionWord.Of(text);
        List<string> texts = [.. words.Select(word => word.Text)];
        var subject = new List<QuestionWord>();
        var hasOpenAnaphor = false;
        var opening = language.FollowUps.LengthAt(texts, 0);
        for (var i = 0; i < words.Count;)
        {
            if (words[i].IsAcronym)
            {
                subject.Add(words[i++]);
                continue;
            }
            var anaphor = language.Expletives.LengthAt(texts, i) == 0 ? language.Anaphors.LengthAt(texts, i) : 0;
            if (anaphor > 0)
                hasOpenAnaphor |= !IsBound(language.BoundAnaphors.Contains(texts, i, i + anaphor), words[i], subject, code);
            var skipped = new[] { language.Expletives.LengthAt(texts, i), anaphor, language.QuestionWords.LengthAt(texts, i), i == 0 ? opening : 0 }.Max();
            if (skipped == 0 && analysis.Terms(texts[i], code).Count > 0)
                subject.Add(words[i] with { IsName = words[i].IsName && code is not CapitalNouns });
            i += Math.Max(1, skipped);
        }
        return new FollowUpQuestion(
            words, subject, code, opening > 0, hasOpenAnaphor, language.QuestionWords.AnyIn(texts), language.PersonQuestionWords.AnyIn(texts));
    }

    /// <summary>True for a pronoun that refers to a word before it in the same question, or to the person who is spoken to.</summary>
    private static bool IsBound(bool canBeBound, QuestionWord anaphor, List<QuestionWord> before, string code) =>
        before.Exists(word => word.IsName) || (canBeBound && before.Count > 0) || (code is CapitalNouns && anaphor.IsName);
}

/// <param name="Text">The word in lower case.</param>
/// <param name="IsName">True when it has a capital letter although it does not begin the text.</param>
/// <param name="IsAcronym">True when it has capital letters only, in a text that has small ones too: <c>IT</c> is no pronoun.</param>
internal readonly record struct QuestionWord(string Text, bool IsName, bool IsAcronym = false)
{
    public static List<QuestionWord> Of(string text)
    {
        var lower = text.ToLowerInvariant();
        var words = new List<QuestionWord>();
        var from = 0;
        foreach (var word in RagApp.Text.Words.Of(text))
        {
            var at = lower.IndexOf(word, from, StringComparison.Ordinal);
            var isAcronym = word.Length > 1 && text.AsSpan(at, word.Length).IndexOfAnyExceptInRange('A', 'Z') < 0 && text.Any(char.IsLower);
            words.Add(new QuestionWord(word, isAcronym || (char.IsUpper(text[at]) && words.Count > 0), isAcronym));
            from = at + word.Length;
        }
        return words;
    }
}
