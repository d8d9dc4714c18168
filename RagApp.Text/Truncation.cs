namespace RagApp.Text;

/// <summary>
/// Shortens text without splitting a surrogate pair: characters beyond U+FFFF, such as emoji, take two UTF-16 code units.
/// A letter and a combining accent after it are two characters and may be separated.
/// </summary>
public static class Truncation
{
    /// <summary>The beginning of a text.</summary>
    /// <param name="length">Largest number of UTF-16 code units, at least 0.</param>
    public static string Head(string text, int length) => text.Length <= length ? text : text[..LengthOfHead(text, length)];

    /// <summary>The end of a text.</summary>
    /// <param name="length">Largest number of UTF-16 code units, at least 0.</param>
    public static string Tail(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var start = text.Length - length;
        return text[(IsWithinCharacter(text, start) ? start + 1 : start)..];
    }

    /// <summary>Length of the longest beginning with at most <paramref name="length"/> UTF-16 code units, at least 0.</summary>
    public static int LengthOfHead(ReadOnlySpan<char> text, int length)
    {
        if (text.Length <= length)
            return text.Length;
        return IsWithinCharacter(text, length) ? length - 1 : length;
    }

    private static bool IsWithinCharacter(ReadOnlySpan<char> text, int at) =>
        at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);
}
