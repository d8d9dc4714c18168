using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace RagApp.Text;

/// <summary>A set of phrases of one or more words that can be found in the words of a question.</summary>
[JsonConverter(typeof(PhraseSetConverter))]
public sealed class PhraseSet
{
    private readonly FrozenSet<string> _phrases;
    private readonly int _longest;

    public PhraseSet(IEnumerable<string> phrases)
    {
        var split = phrases.Select(Words.Of).ToList();
        _phrases = split.Select(words => string.Join(' ', words)).ToFrozenSet(StringComparer.Ordinal);
        _longest = split.Count == 0 ? 0 : split.Max(words => words.Count);
    }

    /// <summary>True when the words from <paramref name="start"/> up to <paramref name="end"/> form one of the phrases.</summary>
    public bool Contains(IReadOnlyList<string> words, int start, int end) =>
        end - start <= _longest && _phrases.Contains(string.Join(' ', words.Skip(start).Take(end - start)));

    public bool IsEmpty => _phrases.Count == 0;

    public bool AnyIn(IReadOnlyList<string> words) => Enumerable.Range(0, words.Count).Any(start => LengthAt(words, start) > 0);

    /// <summary>The phrases in the words, in order; where several begin, the longest one.</summary>
    public IEnumerable<string> AllIn(IReadOnlyList<string> words)
    {
        for (var start = 0; start < words.Count;)
        {
            var length = LengthAt(words, start);
            if (length > 0)
                yield return string.Join(' ', words.Skip(start).Take(length));
            start += Math.Max(1, length);
        }
    }

    /// <summary>Number of words of the longest phrase that begins at <paramref name="start"/>; 0 when none does.</summary>
    public int LengthAt(IReadOnlyList<string> words, int start)
    {
        for (var length = Math.Min(_longest, words.Count - start); length > 0; length--)
        {
            if (Contains(words, start, start + length))
                return length;
        }
        return 0;
    }
}
