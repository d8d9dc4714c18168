namespace RagApp.Embedding.Api;

/// <summary>
/// A text that is longer than a model reads: its beginning and its end, in equal parts, since people put what they want
/// to know before or after what they paste.
/// </summary>
internal static class LongText
{
    private const string Gap = " … ";

    /// <param name="prefix">What the model wants in front of it.</param>
    /// <param name="count">Tokens of a text, marks included.</param>
    /// <returns>The longest that has at most so many tokens, prefix included.</returns>
    public static string Truncate(string text, string prefix, Func<string, int> count, int maxTokens)
    {
        var (fits, tooLong) = (0, text.Length / 2);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (count(prefix + Ends(text, middle)) <= maxTokens)
                fits = middle;
            else
                tooLong = middle;
        }
        return prefix + Ends(text, fits);
    }

    /// <summary>So many characters from either end, one fewer where that would cut one in two.</summary>
    private static string Ends(string text, int length)
    {
        var head = length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        var tail = length > 0 && char.IsLowSurrogate(text[^length]) ? length - 1 : length;
        return string.Concat(text.AsSpan(0, head), Gap, text.AsSpan(text.Length - tail));
    }
}
