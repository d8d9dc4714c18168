using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Selects the ranked sentences to quote, and their order.</summary>
internal static class SentenceSelection
{
    /// <summary>Jaccard similarity of word stems above which two sentences say the same.</summary>
    private const double SameWords = 0.8;

    /// <summary>
    /// Distance in score from the best sentence (less than a hundredth of its odds) at which a sentence is not quoted: answers are
    /// half a sentence shorter, and one answer in 500 is lost.
    /// </summary>
    private const double FarBelow = 5;

    /// <summary>Selects the best sentences, at most <paramref name="limit"/>, without repetitions and without those far below the best.</summary>
    public static IReadOnlyList<RankedSentence> Choose(IReadOnlyList<RankedSentence> ranked, int limit)
    {
        var chosen = new List<RankedSentence>();
        foreach (var candidate in ranked.TakeWhile(candidate => candidate.Score > ranked[0].Score - FarBelow))
        {
            if (chosen.Count == limit)
                break;
            if (!chosen.Any(other => SaysTheSame(candidate, other)))
                chosen.Add(candidate);
        }
        return chosen;
    }

    /// <summary>
    /// Makes quotes of sentences: passages ordered by their best sentence, sentences in the order of the text, neighbours joined
    /// into one quote, table rows below their header.
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
                    quotes.Add(ToQuote(passage.Key, sentence));
            }
        }
        return quotes;
    }

    private static Quote ToQuote(SearchHit passage, QuotableSentence sentence) =>
        new(passage, sentence.Start, sentence.End) { Above = sentence.Header };

    private static bool SaysTheSame(RankedSentence one, RankedSentence other)
    {
        if (string.Equals(one.Sentence.Text, other.Sentence.Text, StringComparison.OrdinalIgnoreCase))
            return true;
        var shared = one.Terms.Count(other.Terms.Contains);
        var all = one.Terms.Count + other.Terms.Count - shared;
        return shared > SameWords * all;
    }

    private static bool IsNext(Quote quote, QuotableSentence sentence) =>
        quote.Passage.Text.AsSpan(quote.End, sentence.Start - quote.End).IsWhiteSpace();
}
