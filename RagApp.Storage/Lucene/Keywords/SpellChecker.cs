using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using RagApp.Storage.Lucene.Access;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>
/// Corrects words that no allowed chunk has: to the word with the fewest edits, and of these the one in the most allowed
/// chunks. Words and counts of chunks that the caller may not read are never used.
/// </summary>
internal sealed class SpellChecker(IndexReader reader, AllowedChunks allowed, ITextAnalysis analysis)
{
    /// <summary>Shortest word that may be two edits away from its correction; shorter words may be one.</summary>
    private const int LongEnoughForTwo = 5;

    /// <summary>Count at which counting a word stops: a greater frequency does not make a correction likelier.</summary>
    private const int MostCounted = 1000;

    /// <summary>Largest number of unknown words corrected in one call, which bounds its time; questions seldom have as many.</summary>
    private const int MostWords = 16;

    private readonly List<string> _languages = [.. new ReadableTerms(reader, allowed).Languages];

    public Dictionary<string, string> Correct(IEnumerable<string> words, CancellationToken cancellationToken)
    {
        var corrected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Distinct(StringComparer.Ordinal).Where(word => IsPlain(word) && !IsKnown(word)).Take(MostWords))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Nearest(word) is { } nearest)
                corrected[word] = nearest;
        }
        return corrected;
    }

    /// <summary>True for a word that is neither a number nor a code, and whose language separates words by spaces.</summary>
    private static bool IsPlain(string word) =>
        word.Length >= SurfaceWords.ShortestCorrected && SurfaceWords.Of(word, ITextAnalysis.DefaultLanguage).Count() == 1;

    /// <summary>True when an allowed chunk has the word as written, or another form of its stem in any language of allowed chunks.</summary>
    private bool IsKnown(string word) =>
        CountOpen(Fields.Word, word, most: 1) > 0
        || _languages.Any(language => analysis.Terms(word, language).Any(term => CountOpen(Fields.Terms, term, most: 1) > 0));

    private string? Nearest(string word)
    {
        for (var edits = 1; edits <= (word.Length < LongEnoughForTwo ? 1 : 2); edits++)
        {
            var nearest = Within(word, edits)
                .Select(candidate => (Word: candidate, Count: CountOpen(Fields.Word, candidate, MostCounted)))
                .Where(candidate => candidate.Count > 0)
                .OrderByDescending(candidate => candidate.Count).ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
                .FirstOrDefault();
            if (nearest.Word is not null)
                return nearest.Word;
        }
        return null;
    }

    /// <summary>Words of the index at most this many edits away; an edit adds, removes or changes a letter, or swaps two neighbours.</summary>
    private HashSet<string> Within(string word, int edits)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in reader.Leaves)
        {
            if (segment.AtomicReader.GetTerms(Fields.Word) is not { } terms)
                continue;
            var near = new FuzzyTermsEnum(terms, new AttributeSource(), new Term(Fields.Word, word), edits, prefixLength: 0, transpositions: true);
            while (near.MoveNext())
                found.Add(near.Term.Utf8ToString());
        }
        return found;
    }

    private int CountOpen(string field, string text, int most)
    {
        var count = 0;
        foreach (var segment in reader.Leaves)
        {
            if (segment.AtomicReader.GetTermDocsEnum(new Term(field, text)) is not { } chunks)
                continue;
            var open = allowed.In(segment);
            for (var chunk = chunks.NextDoc(); chunk != DocIdSetIterator.NO_MORE_DOCS && count < most; chunk = chunks.NextDoc())
                count += open.Get(chunk) ? 1 : 0;
        }
        return count;
    }
}
