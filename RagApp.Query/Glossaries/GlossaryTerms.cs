using System.Text.RegularExpressions;
using RagApp.Contracts.Search;
using RagApp.Storage.Analysis;

namespace RagApp.Query.Glossaries;

/// <summary>
/// A glossary as questions are compared with it: every term and every expansion by its words, whatever their case. A
/// term that is a common word in small letters (<c>IT</c>, <c>WHO</c>) has to be written as it is.
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

    /// <summary>The text with what its terms stand for behind each of them; null when it has none.</summary>
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

    /// <summary>The longest term that begins at a word.</summary>
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

    /// <summary>A run of letters and digits; a Chinese character by itself.</summary>
    [GeneratedRegex(@"[\u3400-\u9FFF]|[\p{L}\p{M}\p{Nd}-[\u3400-\u9FFF]]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    /// <param name="IsAsWritten">Whether only the term's own spelling means it.</param>
    private sealed record Meaning(string Term, string Other, bool IsAsWritten);
}

/// <param name="Text">The question with what was added.</param>
/// <param name="Added">What was added, in its order.</param>
internal sealed record ExpandedQuestion(string Text, IReadOnlyList<string> Added);
