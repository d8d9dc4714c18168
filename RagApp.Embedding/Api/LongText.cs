using System.Buffers;
using RagApp.Text;

namespace RagApp.Embedding.Api;

/// <summary>
/// Makes a text that is longer than a model reads fit: shortens it to its beginning and its end, in equal parts, since people write
/// their question before or after the text that they paste, or divides it into windows.
/// </summary>
internal static class LongText
{
    private const string Gap = " … ";

    /// <summary>Number of characters of a token of ordinary text, about.</summary>
    private const int CharactersPerToken = 4;

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\r\n\u3000");

    /// <param name="prefix">Text that the model expects in front.</param>
    /// <param name="count">Counts the tokens of a text, start and end marks included.</param>
    /// <returns>The longest shortened text that has at most <paramref name="maxTokens"/> tokens, prefix included.</returns>
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

    /// <summary>
    /// Divides a text into windows that a model reads, each with the prefix in front, at white space where the last half of a window
    /// has any. White space alone makes no window.
    /// </summary>
    /// <param name="count">Counts the tokens of a text, start and end marks included.</param>
    public static IEnumerable<string> Windows(string text, string prefix, Func<string, int> count, int maxTokens)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start + LengthOfWindow(text, start, window => count(prefix + window) <= maxTokens, maxTokens * CharactersPerToken);
            if (!string.IsNullOrWhiteSpace(text[start..end]))
                yield return prefix + text[start..end];
            start = end;
        }
    }

    /// <summary>Length of the window that begins at <paramref name="start"/>.</summary>
    /// <param name="guess">Likely length, so that not all of a long text is looked at for each window.</param>
    private static int LengthOfWindow(string text, int start, Func<string, bool> fits, int guess)
    {
        var left = text.Length - start;
        var (shortest, tooLong) = (0, Math.Min(left, guess));
        while (fits(Start(tooLong)))
        {
            if (tooLong == left)
                return left;
            (shortest, tooLong) = (tooLong, Math.Min(left, tooLong * 2));
        }
        while (tooLong - shortest > 1)
        {
            var middle = (shortest + tooLong) / 2;
            if (fits(Start(middle)))
                shortest = middle;
            else
                tooLong = middle;
        }
        var longest = Start(shortest).Length;
        if (longest == 0) // Not even one character fits; the model will say so.
            return Start(2).Length;
        var space = text.AsSpan(start + (longest / 2), longest - (longest / 2)).LastIndexOfAny(WhiteSpace);
        return space < 0 ? longest : (longest / 2) + space + 1;

        string Start(int length) => text.Substring(start, Truncation.LengthOfHead(text.AsSpan(start), length));
    }

    /// <summary>The first and the last <paramref name="length"/> characters; one fewer at an end where a surrogate pair would be split.</summary>
    private static string Ends(string text, int length) => string.Concat(Truncation.Head(text, length), Gap, Truncation.Tail(text, length));
}
