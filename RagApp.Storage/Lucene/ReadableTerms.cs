using Lucene.Net.Index;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// How rare terms are among the chunks that the asker may read. What others may read counts nowhere, so that no score
/// and no order tells whether one of their chunks has a word (docs/decisions/0012-word-counts.md).
/// </summary>
/// <param name="readable">All that the asker may read, whatever the search is narrowed to.</param>
internal sealed class ReadableTerms(IndexReader reader, AllowedChunks readable)
{
    private readonly long _chunks = readable.Count;

    /// <summary>The languages that readable chunks are in: a question is analysed in each.</summary>
    public IEnumerable<string> Languages => IndexLanguages.Of(reader).Where(language => CountWith(new Term(Fields.Language, language)) > 0);

    /// <summary><see cref="Bm25.Idf"/> of the term; null when no readable chunk has it.</summary>
    public double? FindIdf(Term term) => CountWith(term) is > 0 and var having ? Bm25.Idf(_chunks, having) : null;

    private long CountWith(Term term)
    {
        var count = 0L;
        foreach (var segment in reader.Leaves)
        {
            if (segment.AtomicReader.GetTerms(term.Field)?.GetEnumerator() is { } terms && terms.SeekExact(term.Bytes))
                count += readable.Of(segment).CountWith(terms);
        }
        return count;
    }
}
