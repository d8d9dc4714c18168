namespace RagApp.Text.Analysis;

/// <summary>Turns text into the terms that keyword search compares; the same for every index, and for documents and questions.</summary>
public interface ITextAnalysis
{
    /// <summary>Language assumed for a text whose language cannot be detected.</summary>
    const string DefaultLanguage = "en";

    /// <summary>Language of a text as two letters (ISO 639-1); <see cref="DefaultLanguage"/> when it cannot be detected.</summary>
    string DetectLanguage(string text);

    /// <summary>Terms of a text in order: lower-cased, stop words left out, stemmed by language; pairs for Chinese, Japanese and Korean.</summary>
    IReadOnlyList<string> Terms(string text, string language);

    /// <summary>
    /// Terms of a question, in the form that texts of <paramref name="language"/> have. The question may be in another
    /// language, whose stop words are removed first because they are not stop words in <paramref name="language"/>.
    /// </summary>
    IReadOnlyList<string> QuestionTerms(string question, string language);
}
