using System.Buffers;

namespace RagApp.Dlp.Text;

/// <summary>
/// Reads a token of a given alphabet. Line breaks may split a long token, so the beginning of the next line belongs to
/// the token when it looks as random as the rest.
/// </summary>
internal static class TokenReader
{
    private const int ShortestContinuation = 6;

    /// <summary>Smallest length of a full line in the middle of a token; the first line may begin anywhere.</summary>
    private const int ShortestFullLine = 16;

    /// <summary>Reads up to one character more than <paramref name="longest"/>, not counting line ends.</summary>
    /// <param name="shortest">Length below which a token always continues in the next line.</param>
    /// <returns>The end of the token in the text.</returns>
    public static int Read(ReadOnlySpan<char> text, int start, SearchValues<char> alphabet, int shortest, int longest)
    {
        var end = start;
        var length = 0;
        for (var line = 0; ; line++)
        {
            var run = Run(text, end, alphabet, longest + 1 - length);
            length += run;
            end += run;
            if (length > longest || (line > 0 && run < ShortestFullLine) || end + 1 >= text.Length || text[end] != '\n')
                return end;
            var next = Run(text, end + 1, alphabet, longest + 1 - length);
            if (next == 0 || (length >= shortest && !LooksRandom(text.Slice(end + 1, next))))
                return end;
            end++;
        }
    }

    /// <summary>The characters of the token without line ends.</summary>
    public static ReadOnlySpan<char> Join(ReadOnlySpan<char> token) =>
        token.Contains('\n') ? token.ToString().Replace("\n", "", StringComparison.Ordinal) : token;

    private static int Run(ReadOnlySpan<char> text, int start, SearchValues<char> alphabet, int most)
    {
        var window = text[start..Math.Min(text.Length, start + most)];
        var length = window.IndexOfAnyExcept(alphabet);
        return length < 0 ? window.Length : length;
    }

    private static bool LooksRandom(ReadOnlySpan<char> text) =>
        text.Length >= ShortestContinuation && text.IndexOfAnyInRange('0', '9') >= 0 && text.IndexOfAnyExceptInRange('0', '9') >= 0;
}
