namespace RagApp.Storage.Analysis;

/// <summary>Turns text into the terms that keyword search compares; the same for every index, and for documents and questions.</summary>
public interface ITextAnalysis
{
    /// <summary>Language of a text as two letters (ISO 639-1); <c>en</c> when it cannot be told.</summary>
    string DetectLanguage(string text);

    /// <summary>Terms of a text in order: lower-cased, stop words left out, stemmed by language; pairs for Chinese, Japanese and Korean.</summary>
    IReadOnlyList<string> Terms(string text, string language);
}
