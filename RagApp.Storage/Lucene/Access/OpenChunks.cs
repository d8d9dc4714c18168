using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace RagApp.Storage.Lucene.Access;

/// <summary>The allowed chunks of one segment, and the number of them that have a term.</summary>
/// <param name="bits">One bit per chunk; not changed any more.</param>
internal sealed class OpenChunks(FixedBitSet bits)
{
    /// <summary>
    /// Document frequency from which a term's count is cached: few terms are so frequent, and the others are quickly counted
    /// again.
    /// </summary>
    private const int Frequent = 1024;

    private readonly ConcurrentDictionary<BytesRef, int> _counts = [];

    public FixedBitSet Bits => bits;

    /// <summary>Number of allowed chunks.</summary>
    public int Count { get; } = bits.Cardinality;

    /// <summary>Number of allowed chunks that have the term.</summary>
    /// <param name="terms">The segment's terms of the field, positioned at the term.</param>
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
