using System.Text.RegularExpressions;
using RagApp.Contracts.Search;
using RagApp.Text.Analysis;

namespace RagApp.Query.Glossaries;

/// <summary>
/// A glossary indexed by the words of its terms and expansions, whatever their case. A term that is a common word in
/// lower case (<c>IT</c>, <c>WHO</c>) matches only as it is spelt in the glossary.
/// </summary>
internal sealed partial class GlossaryTerms
{
    private const int MaxPerTerm = 3;
    private const int MaxAdded = 8;

    private readonly Dictionary<string, List<Meaning>> _meanings = new(StringComparer.Ordinal);
    private int _longest;

    private GlossaryTerms()
    {
    }

    public static GlossaryTerms None { get; } = new();

    public static GlossaryTerms Of(Glossary glossary, ITextAnalysis analysis)
    {
        var terms = new GlossaryTerms();
        foreach (var entry in glossary.Entries)
        {
            foreach (var expansion in entry.Expansions)
            {
                terms.Add(entry.Term, expansion, analysis);
                terms.Add(expansion, entry.Term, analysis);
            }
        }
        return terms;
    }

    /// <summary>Inserts the meanings of each term behind it; null when the text has no term of the glossary.</summary>
    public ExpandedQuestion? Expand(string text)
    {
        var words = Word().Matches(text);
        var added = new List<string>();
        var expanded = text;
        var shift = 0;
        for (var i = 0; i < words.Count && added.Count < MaxAdded;)
        {
            var (length, others) = Find(text, words, i);
            if (others.Where(other => !text.Contains(other, StringComparison.OrdinalIgnoreCase)).Take(MaxPerTerm).ToList() is { Count: > 0 } missing)
            {
                var end = words[i + length - 1].Index + words[i + length - 1].Length;
                var insertion = $" {string.Join(' ', missing)}";
                expanded = expanded.Insert(end + shift, insertion);
                shift += insertion.Length;
                added.AddRange(missing);
            }
            i += Math.Max(1, length);
        }
        return added.Count == 0 ? null : new ExpandedQuestion(expanded, added);
    }

    private void Add(string term, string other, ITextAnalysis analysis)
    {
        var words = Word().Matches(term);
        var key = KeyOf(words, 0, words.Count);
        if (!_meanings.TryGetValue(key, out var meanings))
            _meanings[key] = meanings = [];
        meanings.Add(new Meaning(term, other, IsAsWritten: analysis.Terms(key, analysis.DetectLanguage(key)).Count == 0));
        _longest = Math.Max(_longest, words.Count);
    }

    /// <summary>Finds the longest term that begins at the word at <paramref name="start"/>.</summary>
    private (int Length, IEnumerable<string> Others) Find(string text, MatchCollection words, int start)
    {
        for (var length = Math.Min(_longest, words.Count - start); length > 0; length--)
        {
            if (!_meanings.TryGetValue(KeyOf(words, start, length), out var meanings))
                continue;
            var written = text[words[start].Index..(words[start + length - 1].Index + words[start + length - 1].Length)];
            var meant = meanings.Where(meaning => !meaning.IsAsWritten || string.Equals(meaning.Term, written, StringComparison.Ordinal)).ToList();
            if (meant.Count > 0)
                return (length, meant.Select(meaning => meaning.Other));
        }
        return (0, []);
    }

    private static string KeyOf(MatchCollection words, int start, int length) =>
        string.Join(' ', words.Skip(start).Take(length).Select(word => word.Value.ToLowerInvariant()));

    /// <summary>Matches a run of letters and digits, or a single Chinese character.</summary>
    [GeneratedRegex(@"[\u3400-\u9FFF]|[\p{L}\p{M}\p{Nd}-[\u3400-\u9FFF]]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    /// <param name="IsAsWritten">True when only the term's own spelling matches.</param>
    private sealed record Meaning(string Term, string Other, bool IsAsWritten);
}

/// <param name="Text">The question with the added words.</param>
/// <param name="Added">The words that were added, in order.</param>
internal sealed record ExpandedQuestion(string Text, IReadOnlyList<string> Added);
