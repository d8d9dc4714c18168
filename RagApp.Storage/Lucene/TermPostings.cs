using Lucene.Net.Index;
using Lucene.Net.Search;

namespace RagApp.Storage.Lucene;

/// <summary>The chunks of a segment that have one term of the question, walked in order.</summary>
internal sealed class TermPostings(DocsEnum chunks, double idf, int[] lengths)
{
    public const int None = DocIdSetIterator.NO_MORE_DOCS;

    /// <summary>Where the walk stands; <see cref="None"/> at its end.</summary>
    public int Chunk { get; private set; } = -1;

    /// <summary>No chunk has a higher <see cref="Score"/>.</summary>
    public double MostScore { get; } = idf * TermCounts.MostWeight;

    /// <summary>What the term adds to the score of the chunk that the walk stands at.</summary>
    public double Score => idf * TermCounts.Weight(chunks.Freq, lengths[Chunk]);

    public int Next() => Chunk = chunks.NextDoc();

    /// <summary>Goes on to this chunk, or the first after it that has the term; stays where it is beyond.</summary>
    public int SkipTo(int chunk) => Chunk >= chunk ? Chunk : Chunk = chunks.Advance(chunk);
}
