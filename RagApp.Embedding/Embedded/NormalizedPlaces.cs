using System.Globalization;

namespace RagApp.Embedding.Embedded;

/// <summary>For each character of a normalized word, the place in the word as written.</summary>
/// <param name="word">The word as written.</param>
/// <param name="of">Place of each normalized character; null when the word is normalized already.</param>
internal readonly struct NormalizedPlaces(string word, (int Start, int End)[]? of)
{
    /// <param name="normalized">The word as normalized.</param>
    /// <param name="normalize">Normalizes a part of the word.</param>
    public static NormalizedPlaces Of(string word, string normalized, Func<string, string> normalize)
    {
        if (word == normalized)
            return new NormalizedPlaces(word, null);

        var places = new List<(int Start, int End)>();
        var made = 0;
        for (var start = 0; start < word.Length;)
        {
            var end = start + StringInfo.GetNextTextElementLength(word.AsSpan(start));
            var part = end == start + 1 && char.IsAsciiLetterOrDigit(word[start]) ? word[start..end] : normalize(word[start..end]);
            // A sequence that is normalized otherwise than its parts has the place of the whole word.
            if (!normalized.AsSpan(made).StartsWith(part, StringComparison.Ordinal))
                return WholeWord(word, normalized);
            places.AddRange(Enumerable.Repeat((start, end), part.Length));
            made += part.Length;
            start = end;
        }
        return made == normalized.Length ? new NormalizedPlaces(word, [.. places]) : WholeWord(word, normalized);
    }

    /// <summary>
    /// Place of the normalized characters from <paramref name="start"/> to <paramref name="end"/>. When there are none, the place begins with the next
    /// character and ends with the one before.
    /// </summary>
    public (int Start, int End) Of(int start, int end) => of is null
        ? (start, end)
        : (start < of.Length ? of[start].Start : word.Length, end > 0 ? of[end - 1].End : 0);

    private static NormalizedPlaces WholeWord(string word, string normalized) => new(word, [.. Enumerable.Repeat((0, word.Length), normalized.Length)]);
}
