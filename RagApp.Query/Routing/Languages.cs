using RagApp.Text.Languages;

namespace RagApp.Query.Routing;

/// <summary>Languages in which small talk and follow-ups are recognized; documents and questions may be in any language.</summary>
internal sealed class Languages
{
    /// <summary>The languages in order; a phrase of several languages, such as "hallo", is answered in the first of them.</summary>
    public IReadOnlyList<Language> All { get; } = [.. Language.All.Where(language => language.SmallTalk is not null)];

    /// <summary>
    /// Returns the language with this code. When it has no phrases, a few words were taken for a related language: returns the
    /// language with the most question words among <paramref name="words"/>, or English.
    /// </summary>
    public Language For(string code, IReadOnlyList<string> words) =>
        All.FirstOrDefault(language => string.Equals(language.Code, code, StringComparison.Ordinal))
        ?? All.MaxBy(language => Enumerable.Range(0, words.Count).Count(at => language.QuestionWords.LengthAt(words, at) > 0))!;

    /// <summary>Returns the language with this code, or English when there is none.</summary>
    public Language For(string code) =>
        All.FirstOrDefault(language => string.Equals(language.Code, code, StringComparison.Ordinal)) ?? All[0];
}
