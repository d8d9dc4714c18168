using RagApp.Text.Sentences;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Splits a passage into the parts that can be quoted alone: sentences, list items, table rows.</summary>
internal static class QuotableSentences
{
    /// <summary>Returns the sentences of a passage in order; a sentence without a letter or digit is left out.</summary>
    public static IReadOnlyList<QuotableSentence> Of(string text) => TableHeaders.Add(
        text,
        [
            .. SentenceSplitter.Split(text, SentenceRules.ForQuotes)
                .Where(sentence => sentence.Text.Any(char.IsLetterOrDigit))
                .Select(sentence => new QuotableSentence(sentence.Start, sentence.Text)),
        ]);
}
