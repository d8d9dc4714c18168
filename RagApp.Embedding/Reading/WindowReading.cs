using RagApp.Contracts.Reading;
using RagApp.Embedding.Embedded;

namespace RagApp.Embedding.Reading;

/// <summary>The result of reading one window.</summary>
/// <param name="Spans">The best answers in the window, best first; none overlaps another. Empty when the window has no words.</param>
/// <param name="Answerable">Logit that the window answers the question.</param>
internal sealed record WindowReading(IReadOnlyList<ReadSpan> Spans, double Answerable)
{
    /// <summary>Number of answers that are kept of a window.</summary>
    private const int MaxSpans = 3;

    private const int NumbersPerSpan = 4;

    /// <summary>Length of <see cref="ToNumbers"/>.</summary>
    public const int NumberCount = 1 + (MaxSpans * NumbersPerSpan);

    /// <summary>Score of the best answer; negative infinity when there is none.</summary>
    public double Margin => Spans.Count > 0 ? Spans[0].Score : double.NegativeInfinity;

    /// <summary>The reading of a passage: that of its window with the best answer.</summary>
    public static WindowReading Best(IEnumerable<WindowReading> windows) => windows.MaxBy(reading => reading.Margin)!;

    /// <param name="output">The graph's output: the logits of every token as the first one, as the last one, and "answerable".</param>
    /// <param name="maxTokens">Longest answer in tokens.</param>
    public static WindowReading Of(PassageWindow window, float[] output, int maxTokens)
    {
        var spans = new List<ReadSpan>();
        while (spans.Count < MaxSpans && BestSpan(window, output, maxTokens, spans) is { } best)
            spans.Add(best);
        return new WindowReading(spans, output[^1]);
    }

    /// <summary>
    /// The form in which readings are cached: "answerable", then start, end, score and 1 for the context of each answer; zeros where there is no answer.
    /// </summary>
    public float[] ToNumbers()
    {
        var numbers = new float[NumberCount];
        numbers[0] = (float)Answerable;
        foreach (var (index, span) in Spans.Index())
        {
            float[] of = [span.Start, span.End, (float)span.Score, span.IsInContext ? 1 : 0];
            of.CopyTo(numbers, 1 + (index * NumbersPerSpan));
        }
        return numbers;
    }

    public static WindowReading FromNumbers(float[] numbers) => new(
        [
            .. numbers.Skip(1).Chunk(NumbersPerSpan).Where(of => of[1] > 0)
                .Select(of => new ReadSpan((int)of[0], (int)of[1], of[2], of[3] > 0)),
        ],
        numbers[0]);

    /// <summary>The best answer that overlaps none of <paramref name="others"/>; null when there is none.</summary>
    private static ReadSpan? BestSpan(PassageWindow window, float[] output, int maxTokens, List<ReadSpan> others)
    {
        var inContext = BestSpan(window.Context, window.First, isInContext: true);
        var inText = BestSpan(window.Text, window.First + window.Context.Count, isInContext: false);
        return inContext is null || inText?.Score > inContext.Score ? inText : inContext;

        ReadSpan? BestSpan(IReadOnlyList<TextPiece> pieces, int at, bool isInContext)
        {
            var taken = others.Where(other => other.IsInContext == isInContext).ToArray();
            var starts = output.AsSpan(0, window.Tokens.Length);
            var ends = output.AsSpan(window.Tokens.Length, window.Tokens.Length);
            var (best, from, to) = (float.NegativeInfinity, 0, 0);
            for (var first = 0; first < pieces.Count; first++)
            {
                for (var last = first; last < Math.Min(first + maxTokens, pieces.Count); last++)
                {
                    var score = starts[at + first] + ends[at + last];
                    if (score > best && IsPossible(pieces, first, last, taken))
                        (best, from, to) = (score, first, last);
                }
            }
            return best == float.NegativeInfinity ? null : new ReadSpan(pieces[from].Start, pieces[to].End, best - starts[0] - ends[0], isInContext);
        }
    }

    /// <summary>An answer does not end with a token without characters, such as the mark of a word's beginning, and overlaps no better one.</summary>
    private static bool IsPossible(IReadOnlyList<TextPiece> pieces, int first, int last, ReadSpan[] taken) =>
        pieces[last].End > pieces[last].Start
        && !Array.Exists(taken, other => other.Start < pieces[last].End && pieces[first].Start < other.End);
}
