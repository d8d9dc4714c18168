using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace RagApp.Storage.Lucene;

/// <summary>The chunks of a segment that a filter opens, and how many of them have a term.</summary>
/// <param name="bits">A bit per chunk; it does not change any more.</param>
internal sealed class OpenChunks(FixedBitSet bits)
{
    /// <summary>From so many chunks on the count of a term is kept: few terms are as frequent, and the others are soon counted again.</summary>
    private const int Frequent = 1024;

    private readonly ConcurrentDictionary<BytesRef, int> _counts = [];

    public FixedBitSet Bits => bits;

    /// <summary>How many there are.</summary>
    public int Count { get; } = bits.Cardinality;

    /// <summary>How many of them have the term. Chunks that are not open count nowhere.</summary>
    /// <param name="terms">The segment's terms of the field, standing at the term.</param>
    public int CountWith(TermsEnum terms)
    {
        if (Count == 0 || Count == bits.Length)
            return Count == 0 ? 0 : terms.DocFreq;
        if (terms.DocFreq < Frequent)
            return Walk(terms);
        if (!_counts.TryGetValue(terms.Term, out var count))
            _counts[BytesRef.DeepCopyOf(terms.Term)] = count = Walk(terms);
        return count;
    }

    private int Walk(TermsEnum terms)
    {
        var words = bits.GetBits();
        var chunks = terms.Docs(liveDocs: null, reuse: null, DocsFlags.NONE);
        var count = 0L;
        for (var chunk = chunks.NextDoc(); chunk != DocIdSetIterator.NO_MORE_DOCS; chunk = chunks.NextDoc())
            count += (words[chunk >> 6] >> chunk) & 1;
        return (int)count;
    }
}
