using System.Buffers;

namespace RagApp.Dlp.Text;

/// <summary>Words that tell what the number after them is, for numbers that would be ambiguous alone.</summary>
internal sealed class ContextWords(params ReadOnlySpan<string> words)
{
    /// <summary>Longest distance of a word before a number, in characters: about a line.</summary>
    private const int Reach = 64;

    private readonly SearchValues<string> _search = SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
    private readonly string[] _words = [.. words.ToArray().OrderByDescending(word => word.Length)];

    public bool StandBefore(ReadOnlySpan<char> text, int at) => StandIn(text[Math.Max(0, at - Reach)..at]);

    public bool StandIn(ReadOnlySpan<char> text)
    {
        for (var from = 0; from < text.Length;)
        {
            var hit = text[from..].IndexOfAny(_search);
            if (hit < 0)
                return false;
            from += hit;
            if (IsWord(text, from))
                return true;
            from++;
        }
        return false;
    }

    private bool IsWord(ReadOnlySpan<char> text, int at)
    {
        if (at > 0 && char.IsLetter(text[at - 1]))
            return false;
        foreach (var word in _words)
        {
            var end = at + word.Length;
            if (text[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase) && (end == text.Length || !char.IsLetter(text[end])))
                return true;
        }
        return false;
    }
}
