using System.Globalization;
using RagApp.Text.Analysis;

namespace RagApp.Query.Results;

/// <summary>
/// The set of a text's runs of three words (shingles), which compares texts by their words in order, whatever their case,
/// punctuation and line breaks. Stop words are kept: without them "may" and "may not" would be equal.
/// </summary>
internal sealed class Shingles
{
    private const int Length = 3;

    /// <summary>Language without rules of its own: words are split and case-folded, none is stemmed or left out.</summary>
    private const string AnyLanguage = "";

    private readonly HashSet<int> _runs = [];

    public Shingles(string text, ITextAnalysis analysis)
    {
        var words = analysis.Terms(text, AnyLanguage);
        for (var start = 0; start == 0 || start + Length <= words.Count; start++)
            _runs.Add(Hash(words.Skip(start).Take(Length)));
        // These signs are no words, yet 5 € and 5 $ differ.
        foreach (var c in text)
        {
            if (c == '%' || char.GetUnicodeCategory(c) is UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol)
                _runs.Add(HashCode.Combine(c));
        }
    }

    /// <summary>True when all shingles of this text are in <paramref name="other"/> too.</summary>
    public bool IsWithin(Shingles other) => _runs.Count <= other._runs.Count && _runs.IsSubsetOf(other._runs);

    /// <summary>Jaccard similarity of the two sets of shingles, 0 to 1.</summary>
    public double SimilarityTo(Shingles other)
    {
        var shared = _runs.Count(other._runs.Contains);
        return (double)shared / (_runs.Count + other._runs.Count - shared);
    }

    private static int Hash(IEnumerable<string> words)
    {
        var hash = new HashCode();
        foreach (var word in words)
            hash.Add(word, StringComparer.Ordinal);
        return hash.ToHashCode();
    }
}
