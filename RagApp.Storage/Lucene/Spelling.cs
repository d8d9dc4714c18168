using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using RagApp.Storage.Analysis;

namespace RagApp.Storage.Lucene;

/// <summary>
/// Finds for a word that no open chunk has the one it was meant for: fewer edits first, then in more open chunks.
/// Only what the chunks that the caller may read hold is looked at, the numbers included.
/// </summary>
internal sealed class Spelling(IndexReader reader, AllowedChunks allowed, ITextAnalysis analysis)
{
    /// <summary>Words this long may be two edits away, shorter ones one.</summary>
    private const int LongEnoughForTwo = 5;

    /// <summary>As often as a word is counted: beyond, more frequent is not likelier.</summary>
    private const int MostCounted = 1000;

    /// <summary>Unknown words that are looked up in one call, so that its time is bounded; more of them are no question.</summary>
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

    /// <summary>Not a number, a code, or of a language without spaces.</summary>
    private static bool IsPlain(string word) =>
        word.Length >= SurfaceWords.ShortestCorrected && SurfaceWords.Of(word, LanguageDetection.Default).Count() == 1;

    /// <summary>As it is written, or in another form of the same stem, in any language that open chunks are in.</summary>
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

    /// <summary>Words of the index that so many edits (one letter more, fewer, other, or two swapped) make of it.</summary>
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
