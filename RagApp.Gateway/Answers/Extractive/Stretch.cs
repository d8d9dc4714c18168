using RagApp.Contracts.Answers;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Reading;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Makes a readable quote around an answer: 1. a row of a table with the rows that name its columns; 2. an item of a list with the list's other items and
/// the words that introduce them; 3. a heading or question with what follows it; 4. a sentence with its neighbours; 5. a title with the passage's beginning.
/// </summary>
internal static class Stretch
{
    /// <summary>Longest sentences quoted together, in characters. On 146 questions to mixed files 200 lost three answers; 400 won one.</summary>
    private const int SentencesLength = 300;

    /// <summary>Longest list quoted whole, in characters.</summary>
    private const int ListLength = 600;

    /// <summary>Longest quote that begins with a heading or question, in characters.</summary>
    private const int LedLength = 400;

    /// <summary>Quotes the place of an answer.</summary>
    /// <param name="sentences">Sentences of the passage, in order.</param>
    public static Quote Around(SearchHit passage, IReadOnlyList<QuotableSentence> sentences, ReadSpan answer)
    {
        if (sentences.Count == 0)
            return Quote.Whole(passage);
        if (answer.IsInContext)
            return BelowTitle(passage, sentences, answer); // 5

        var (first, last) = Holding(sentences, answer);
        var above = sentences[first].IsRow ? sentences[first].Header : null; // 1
        (first, last) = Readable(sentences, first, last);
        var quote = new Quote(passage, sentences[first].Start, sentences[last].End) { Above = above };
        var shift = quote.Text.Length - quote.Words.Length - quote.Start;
        var (start, end) = (Math.Max(answer.Start, quote.Start), Math.Min(answer.End, quote.End));
        return start < end ? quote with { Answer = new TextRange(start + shift, end + shift) } : quote;
    }

    private static Quote BelowTitle(SearchHit passage, IReadOnlyList<QuotableSentence> sentences, ReadSpan answer)
    {
        var context = QuestionReader.ContextOf(passage);
        var last = Readable(sentences, 0, 0).Last;
        return new Quote(passage, sentences[0].Start, sentences[last].End) { Above = context, Answer = new TextRange(answer.Start, answer.End) };
    }

    /// <summary>Widens a range of sentences until it can be read alone; a row of a table can.</summary>
    private static (int First, int Last) Readable(IReadOnlyList<QuotableSentence> sentences, int first, int last) =>
        sentences[first].IsItem ? WholeList(sentences, first, last) // 2
        : sentences[first].IsRow ? (first, last)
        : WithNeighbours(sentences, first, last); // 3, 4

    /// <summary>The first and last sentence that share characters with the answer; the nearest sentence when none does, as when it stands in a table's header.</summary>
    private static (int First, int Last) Holding(IReadOnlyList<QuotableSentence> sentences, ReadSpan answer)
    {
        var holding = Enumerable.Range(0, sentences.Count).Where(at => sentences[at].Start < answer.End && answer.Start < sentences[at].End).ToList();
        if (holding.Count > 0)
            return (holding[0], holding[^1]);
        var nearest = Enumerable.Range(0, sentences.Count).MinBy(at => Math.Abs(sentences[at].Start - answer.Start));
        return (nearest, nearest);
    }

    private static (int First, int Last) WholeList(IReadOnlyList<QuotableSentence> sentences, int first, int last)
    {
        while (first > 0 && sentences[first - 1].IsItem && Fits(first - 1, last))
            first--;
        while (last < sentences.Count - 1 && sentences[last + 1].IsItem && Fits(first, last + 1))
            last++;
        return first > 0 && !sentences[first - 1].IsItem && !sentences[first - 1].IsRow ? (first - 1, last) : (first, last);

        bool Fits(int from, int to) => sentences[to].End - sentences[from].Start <= ListLength;
    }

    private static (int First, int Last) WithNeighbours(IReadOnlyList<QuotableSentence> sentences, int first, int last)
    {
        for (var more = 0; more < 3 && sentences[last].LeadsOn | more > 0 && last < sentences.Count - 1 && Fits(first, last + 1, LedLength); more++)
            last++;
        for (var more = 0; more < 2 && last < sentences.Count - 1 && !sentences[last + 1].IsRow && Fits(first, last + 1, SentencesLength); more++)
            last++;
        return first > 0 && !sentences[first - 1].IsRow && Fits(first - 1, last, SentencesLength) ? (first - 1, last) : (first, last);

        bool Fits(int from, int to, int limit) => sentences[to].End - sentences[from].Start <= limit;
    }
}
