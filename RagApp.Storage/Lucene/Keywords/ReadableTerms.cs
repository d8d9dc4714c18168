using Lucene.Net.Index;
using RagApp.Storage.Lucene.Access;
using RagApp.Text;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>
/// Term statistics of the chunks that the asker may read. Other chunks are not counted, so that neither a score nor an
/// order reveals whether one of them has a word (docs/decisions/0012-word-counts.md).
/// </summary>
/// <param name="readable">All chunks that the asker may read, also those that the search's filters exclude.</param>
internal sealed class ReadableTerms(IndexReader reader, AllowedChunks readable)
{
    private readonly long _chunks = readable.Count;

    /// <summary>The languages of the readable chunks; a question is analysed in each of them.</summary>
    public IEnumerable<string> Languages => IndexLanguages.Of(reader).Where(language => CountWith(new Term(Fields.Language, language)) > 0);

    /// <summary>Inverse document frequency (<see cref="Idf.Bm25"/>) of the term; null when no readable chunk has it.</summary>
    public double? FindIdf(Term term) => CountWith(term) is > 0 and var having ? Idf.Bm25(_chunks, having) : null;

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

/// <summary>The languages of an index's texts; a question is analysed in each of them.</summary>
internal static class IndexLanguages
{
    public static IEnumerable<string> Of(IndexReader reader)
    {
        for (var languages = MultiFields.GetTerms(reader, Fields.Language)?.GetEnumerator(); languages?.MoveNext() == true;)
            yield return languages.Term.Utf8ToString();
    }
}
