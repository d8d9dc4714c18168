using System.Globalization;
using RagApp.Contracts.Search;
using RagApp.Text;
using RagApp.Text.Analysis;
using RagApp.Text.Languages;

namespace RagApp.Gateway.Answers;

/// <summary>The fixed sentences of an answer, such as "Not found in your documents.", in the language of the question; in English when the program has none in that language.</summary>
internal sealed class Wording(ITextAnalysis analysis)
{
    private static readonly Language English = Language.Find(ITextAnalysis.DefaultLanguage)!;

    /// <summary>Words before the quotes; languages of the quotes that are not the question's are named: "From your documents (Deutsch):".</summary>
    public string Lead(Question question, IEnumerable<Quote> quotes)
    {
        var language = LanguageOf(question.Text);
        var others = quotes.Select(quote => LanguageOf(quote.Passage)).OfType<Language>().Except([language]).Select(other => other.Name).ToList();
        return others.Count == 0 ? $"{language.Answers.Lead}:" : $"{language.Answers.Lead} ({string.Join(", ", others)}):";
    }

    /// <summary>The answer when no passage answers the question. Codes and words of the question that no passage has are named.</summary>
    public string NotFound(Question question)
    {
        var phrases = LanguageOf(question.Text).Answers;
        return string.Join(' ', [
            phrases.NotFound,
            .. question.UnknownCodes.Select(code => UnknownCode(phrases, code, question)),
            .. question.UnknownWords.Select(word => string.Format(CultureInfo.InvariantCulture, phrases.UnknownCode, $"“{word}”")),
        ]);
    }

    /// <summary>The text in place of an answer that has data which may not be shown.</summary>
    public string Withheld(string question) => LanguageOf(question).Answers.Withheld;

    private static string UnknownCode(AnswerPhrases phrases, string code, Question question)
    {
        var similar = SimilarCodes.To(code, question.Passages.Select(passage => passage.Text));
        return string.Format(CultureInfo.InvariantCulture, similar.Count == 0 ? phrases.UnknownCode : phrases.SimilarCodes, code, string.Join(", ", similar));
    }

    /// <summary>
    /// The language of the question. A few words can be mistaken for another language with the same letters, so that it must have a question word of the
    /// language, or none of English.
    /// </summary>
    private Language LanguageOf(string question)
    {
        var words = Words.Of(question);
        return Language.Find(analysis.DetectLanguage(question)) is { } detected
            && (detected.QuestionWords.AnyIn(words) || !English.QuestionWords.AnyIn(words)) ? detected : English;
    }

    private Language? LanguageOf(SearchHit passage) => Language.Find(passage.Properties?.Language ?? analysis.DetectLanguage(passage.Text));
}
