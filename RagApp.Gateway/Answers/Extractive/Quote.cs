using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Words of one passage, exactly as they stand there.</summary>
internal sealed record Quote(SearchHit Passage, int Start, int End)
{
    public string Text => Passage.Text[Start..End];

    /// <summary>
    /// Sentences in the order they are read: passages by their best sentence, sentences within one as they
    /// stand, and neighbours as one quote.
    /// </summary>
    public static IReadOnlyList<Quote> Join(IReadOnlyList<RankedSentence> sentences)
    {
        var quotes = new List<Quote>();
        foreach (var passage in sentences.GroupBy(sentence => sentence.Passage))
        {
            foreach (var sentence in passage.Select(ranked => ranked.Sentence).OrderBy(sentence => sentence.Start))
            {
                if (quotes is [.., { } last] && last.Passage == passage.Key && IsNext(last, sentence))
                    quotes[^1] = last with { End = sentence.End };
                else
                    quotes.Add(new Quote(passage.Key, sentence.Start, sentence.End));
            }
        }
        return quotes;
    }

    public Citation ToCitation(int number) => new(
        number,
        Passage.DocumentId,
        Passage.Version,
        Passage.Ordinal,
        Passage.Title,
        Passage.Path,
        Passage.Section,
        Passage.Page,
        Text);

    private static bool IsNext(Quote quote, Sentence sentence) =>
        quote.Passage.Text.AsSpan(quote.End, sentence.Start - quote.End).IsWhiteSpace();
}
