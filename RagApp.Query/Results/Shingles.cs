using System.Globalization;
using RagApp.Storage.Analysis;

namespace RagApp.Query.Results;

/// <summary>
/// A text as the set of its runs of three words, so that texts can be compared word by word and in order, whatever
/// their case, punctuation and line breaks. Every word counts: without stop words "may" and "may not" would be the same.
/// </summary>
internal sealed class Shingles
{
    private const int Length = 3;

    /// <summary>A language that the analysis has nothing for: words are split and folded, none is stemmed or left out.</summary>
    private const string AnyLanguage = "";

    private readonly HashSet<int> _runs = [];

    public Shingles(string text, ITextAnalysis analysis)
    {
        var words = analysis.Terms(text, AnyLanguage);
        for (var start = 0; start == 0 || start + Length <= words.Count; start++)
            _runs.Add(Hash(words.Skip(start).Take(Length)));
        // No word of its own, yet 5 € are not 5 $.
        foreach (var c in text)
        {
            if (c == '%' || char.GetUnicodeCategory(c) is UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol)
                _runs.Add(HashCode.Combine(c));
        }
    }

    /// <summary>Whether everything it says stands in <paramref name="other"/> too.</summary>
    public bool IsWithin(Shingles other) => _runs.Count <= other._runs.Count && _runs.IsSubsetOf(other._runs);

    /// <summary>Which part of all their runs both have, 0 to 1 (Jaccard).</summary>
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
