using System.Numerics;
using Lucene.Net.Util;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>
/// Finds the best chunks of a segment without scoring all matches (MaxScore: Turtle and Flood, Query evaluation:
/// strategies and optimizations, 1995). Once the kept chunks score high enough, the most frequent terms alone cannot lift
/// a chunk among them: these terms are only looked up for chunks that a rarer term has found.
/// <para>
/// 1. The terms from <c>followed</c> on are the frequent ones: together they score no more than the worst kept chunk.
/// 2. The rarer terms are followed, one window of chunks at a time, and their scores summed. 3. For each chunk found, the
/// frequent terms are looked up, as long as they could still lift it among the best.
/// </para>
/// </summary>
internal sealed class MaxScore
{
    /// <summary>Chunks per window, whose scores stay in the processor's cache; a multiple of 64.</summary>
    private const int Window = 4096;

    /// <summary>Tolerance for rounding: sums in another order may differ in the last digits, so upper bounds are taken this much higher.</summary>
    private const double Slack = 1 + 1e-9;

    private readonly TermPostings[] _terms;
    private readonly double[] _rest;
    private readonly FixedBitSet _open;
    private readonly long[] _openWords;
    private readonly int _offset;
    private readonly BestChunks _best;
    private readonly double[] _scores = new double[Window];
    private readonly ulong[] _found = new ulong[Window / 64];
    private int _followed;

    private MaxScore(TermPostings[] terms, FixedBitSet open, int offset, BestChunks best)
    {
        (_terms, _open, _openWords, _offset, _best, _followed) = (terms, open, open.GetBits(), offset, best, terms.Length);
        _rest = new double[terms.Length + 1];
        for (var term = terms.Length - 1; term >= 0; term--)
            _rest[term] = _rest[term + 1] + (terms[term].MostScore * Slack);
    }

    /// <param name="terms">Postings of the question's terms, rarest and so highest scoring first.</param>
    /// <param name="open">The allowed chunks.</param>
    /// <param name="offset">Index-wide number of the segment's first chunk.</param>
    public static void Search(TermPostings[] terms, FixedBitSet open, int offset, BestChunks best) =>
        new MaxScore(terms, open, offset, best).Search();

    private void Search()
    {
        foreach (var term in _terms)
            term.Next();
        while (true)
        {
            while (_followed > 0 && _rest[_followed - 1] <= _best.Least) // 1
                _followed--;
            var first = FirstOpen();
            if (first == TermPostings.None)
                return;
            var start = first & ~(Window - 1);
            Gather(start); // 2
            Offer(start); // 3
        }
    }

    /// <summary>The first allowed chunk at or after the current position of any followed term; terms far before it skip to it.</summary>
    private int FirstOpen()
    {
        var first = TermPostings.None;
        for (var term = 0; term < _followed; term++)
            first = Math.Min(first, _terms[term].Chunk);
        if (first >= _open.Length)
            return TermPostings.None;
        var open = _open.NextSetBit(first);
        if (open < 0)
            return TermPostings.None;
        for (var term = 0; term < _followed && open - first >= Window; term++)
            _terms[term].SkipTo(open);
        return open;
    }

    private void Gather(int start)
    {
        var end = start + Window;
        for (var i = 0; i < _followed; i++)
        {
            var term = _terms[i];
            for (var chunk = term.Chunk; chunk < end; chunk = term.Next())
            {
                if (chunk < start || ((_openWords[chunk >> 6] >> chunk) & 1) == 0)
                    continue;
                var at = chunk - start;
                _scores[at] += term.Score;
                _found[at >> 6] |= 1UL << at;
            }
        }
    }

    private void Offer(int start)
    {
        for (var word = 0; word < _found.Length; word++)
        {
            for (; _found[word] != 0; _found[word] &= _found[word] - 1)
            {
                var at = (word << 6) + BitOperations.TrailingZeroCount(_found[word]);
                Offer(start + at, _scores[at]);
                _scores[at] = 0;
            }
        }
    }

    private void Offer(int chunk, double score)
    {
        for (var term = _followed; term < _terms.Length; term++)
        {
            if ((score * Slack) + _rest[term] <= _best.Least)
                return;
            if (_terms[term].SkipTo(chunk) == chunk)
                score += _terms[term].Score;
        }
        _best.Offer(_offset + chunk, score);
    }
}
