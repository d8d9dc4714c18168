namespace RagApp.Storage.Analysis;

/// <summary>Turns text into the terms that keyword search compares; the same for every index, and for documents and questions.</summary>
public interface ITextAnalysis
{
    /// <summary>Language of a text as two letters (ISO 639-1); <c>en</c> when it cannot be told.</summary>
    string DetectLanguage(string text);

    /// <summary>Terms of a text in order: lower-cased, stop words left out, stemmed by language; pairs for Chinese, Japanese and Korean.</summary>
    IReadOnlyList<string> Terms(string text, string language);

    /// <summary>
    /// Terms of a question as texts of <paramref name="language"/> hold them, whatever language it is asked in:
    /// the stop words of its own language go first, since they are no stop words in the other one.
    /// </summary>
    IReadOnlyList<string> QuestionTerms(string question, string language);
}
