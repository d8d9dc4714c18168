namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Chooses from ranked sentences which to quote, and in which order.</summary>
internal static class SentenceSelection
{
    /// <summary>Sentences that share more of their word stems than this say the same.</summary>
    private const double SameWords = 0.8;

    /// <summary>The best that reach <paramref name="minScore"/>, at most <paramref name="limit"/>, none that repeats another.</summary>
    public static IReadOnlyList<RankedSentence> Choose(IReadOnlyList<RankedSentence> ranked, double minScore, int limit)
    {
        var chosen = new List<RankedSentence>();
        foreach (var candidate in ranked.TakeWhile(candidate => candidate.Score >= minScore))
        {
            if (chosen.Count == limit)
                break;
            if (!chosen.Any(other => SaysTheSame(candidate, other)))
                chosen.Add(candidate);
        }
        return chosen;
    }

    /// <summary>Passages by their best sentence, sentences within one as they stand there, neighbours as one quote.</summary>
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
