using Lucene.Net.Index;
using Lucene.Net.Search;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>The postings of one term of the question in a segment: an iterator over the chunks that have the term, in order.</summary>
internal sealed class TermPostings(DocsEnum chunks, double idf, int[] lengths)
{
    public const int None = DocIdSetIterator.NO_MORE_DOCS;

    /// <summary>The current chunk; <see cref="None"/> at the end.</summary>
    public int Chunk { get; private set; } = -1;

    /// <summary>Upper bound of <see cref="Score"/>.</summary>
    public double MostScore { get; } = idf * TermCounts.MostWeight;

    /// <summary>Score of the term in the current chunk.</summary>
    public double Score => idf * TermCounts.Weight(chunks.Freq, lengths[Chunk]);

    public int Next() => Chunk = chunks.NextDoc();

    /// <summary>Moves forward to this chunk, or to the first one after it that has the term; does not move back.</summary>
    public int SkipTo(int chunk) => Chunk >= chunk ? Chunk : Chunk = chunks.Advance(chunk);
}
