using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Access;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>
/// Searches chunks by the terms of a question, scored by <see cref="Bm25"/>. A chunk is indexed in its document's language,
/// so the question is analysed in every language that readable chunks have.
/// </summary>
internal sealed class KeywordSearch
{
    /// <summary>Largest number of different terms of one search; further terms of a longer question are ignored.</summary>
    private const int MaxTerms = 256;

    private readonly IndexReader _reader;

    /// <summary>The question's terms that readable chunks have, rarest first. Scores are always summed in this order.</summary>
    private readonly (string Text, TermContext Term, BytesRef Bytes, double Idf)[] _terms;

    public KeywordSearch(string question, IndexReader reader, ReadableTerms readable, ITextAnalysis analysis)
    {
        _reader = reader;
        var found = readable.Languages.SelectMany(language => analysis.QuestionTerms(question, language))
            .Distinct(StringComparer.Ordinal).Take(MaxTerms)
            .Select(text => (Text: text, Term: new Term(Fields.Terms, text)))
            .Select(term => (term.Text, term.Term, Idf: readable.FindIdf(term.Term)))
            .Where(term => term.Idf is not null);
        _terms = [.. found.Select(term => (term.Text, Term: TermContext.Build(reader.Context, term.Term), term.Term.Bytes, Idf: term.Idf!.Value))
            .OrderByDescending(term => term.Idf).ThenBy(term => term.Bytes)];
    }

    /// <inheritdoc cref="ChunkCandidates.TermWeights"/>
    public IReadOnlyDictionary<string, double> TermWeights => _terms.ToDictionary(term => term.Text, term => term.Idf, StringComparer.Ordinal);

    /// <summary>The best allowed chunks, best first; equal scores are in the order of the index.</summary>
    public List<(int Chunk, double Score)> Best(int limit, AllowedChunks allowed)
    {
        var best = new BestChunks(limit);
        foreach (var segment in _reader.Leaves)
            MaxScore.Search(PostingsIn(segment), allowed.In(segment), segment.DocBase, best);
        return best.InOrder();
    }

    /// <summary>The scores of those of these chunks that have any term. <paramref name="chunks"/> are in ascending order.</summary>
    public List<(int Chunk, double Score)> Score(IReadOnlyList<int> chunks)
    {
        var scored = new List<(int, double)>(chunks.Count);
        foreach (var inSegment in chunks.GroupBy(chunk => ReaderUtil.SubIndex(chunk, _reader.Leaves)))
        {
            var segment = _reader.Leaves[inSegment.Key];
            var postings = PostingsIn(segment);
            foreach (var chunk in inSegment)
            {
                var local = chunk - segment.DocBase;
                var score = postings.Where(term => term.SkipTo(local) == local).Sum(term => term.Score);
                if (score > 0)
                    scored.Add((chunk, score));
            }
        }
        return scored;
    }

    private TermPostings[] PostingsIn(AtomicReaderContext segment)
    {
        if (segment.AtomicReader.GetTerms(Fields.Terms) is not { } all)
            return [];
        var lengths = SegmentLengths.Of(segment.AtomicReader);
        var walk = all.GetEnumerator();
        var postings = new List<TermPostings>(_terms.Length);
        foreach (var (_, term, bytes, idf) in _terms)
        {
            if (term.Get(segment.Ord) is not { } state)
                continue;
            walk.SeekExact(bytes, state);
            postings.Add(new TermPostings(walk.Docs(liveDocs: null, reuse: null, DocsFlags.FREQS), idf, lengths));
        }
        return [.. postings];
    }
}
