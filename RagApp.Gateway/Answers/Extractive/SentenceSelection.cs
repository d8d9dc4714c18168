using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Chooses from ranked sentences which to quote, and in which order.</summary>
internal static class SentenceSelection
{
    /// <summary>Sentences that share more of their word stems than this say the same.</summary>
    private const double SameWords = 0.8;

    /// <summary>
    /// A sentence this far below the best has less than a hundredth of its chance: half a sentence less is quoted for
    /// an answer in 500 that is lost.
    /// </summary>
    private const double FarBelow = 5;

    /// <summary>The best, at most <paramref name="limit"/>, none that repeats another or is far below the best.</summary>
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
    /// Passages by their best sentence, sentences within one as they stand there, neighbours as one quote, rows of a
    /// table below its header.
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

    private static Quote ToQuote(SearchHit passage, Sentence sentence)
    {
        if (sentence.Header is not { } header)
            return new Quote(passage, sentence.Start, sentence.End);
        var above = new Quote(passage, header.Start, header.End);
        return IsNext(above, sentence)
            ? above with { End = sentence.End }
            : new Quote(passage, sentence.Start, sentence.End) { Header = above };
    }

    private static bool SaysTheSame(RankedSentence one, RankedSentence other)
    {
        if (string.Equals(one.Sentence.Text, other.Sentence.Text, StringComparison.OrdinalIgnoreCase))
            return true;
        var shared = one.Terms.Count(other.Terms.Contains);
        var all = one.Terms.Count + other.Terms.Count - shared;
        return shared > SameWords * all;
    }

    private static bool IsNext(Quote quote, Sentence sentence) =>
        quote.Passage.Text.AsSpan(quote.End, sentence.Start - quote.End).IsWhiteSpace();
}
