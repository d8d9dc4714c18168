using System.Buffers;

namespace RagApp.Dlp.Text;

/// <summary>Finds what is still open at the end of a text in the making, see <see cref="IDetector.OpenFrom"/>.</summary>
internal static class OpenEnd
{
    private const char LineEnd = '\n';
    private const char Border = '|';

    /// <summary>Smallest length of a line in the middle of a token that is broken over lines, as <see cref="TokenReader"/> reads them.</summary>
    private const int ShortestFullLine = 16;

    /// <summary>Largest number of characters after the border of two cells in which the name of the second column ends.</summary>
    private const int LongestName = 44;

    private static readonly SearchValues<char> Gaps = SearchValues.Create(" \n");
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789 \n-._|/,;");

    /// <summary>The start of the last word, or of the lines that may be one token with it.</summary>
    public static int OfWord(ReadOnlySpan<char> text)
    {
        var start = StartOfWord(text, text.Length);
        while (start > 1 && text[start - 1] == LineEnd && text[start - 2] is not (' ' or LineEnd))
        {
            var line = StartOfWord(text, start - 1);
            var isFull = start - 1 - line >= ShortestFullLine;
            start = line;
            if (!isFull)
                break;
        }
        return start;
    }

    /// <summary>The first group of digits that may still become a part of a number with at most <paramref name="longest"/> digits.</summary>
    public static int OfNumber(ReadOnlySpan<char> text, int longest)
    {
        var run = StartOfRun(text);
        var open = text.Length;
        var complete = -1; // digits in groups behind the one that is looked at, without the last group, which may go on
        for (var end = LastDigit(text, run, text.Length); end > run; end = LastDigit(text, run, open))
        {
            if (complete > longest)
                return open;
            open = StartOfDigits(text, run, end);
            complete = complete < 0 ? 0 : complete + end - open;
        }
        return open;
    }

    /// <summary>True when a name of a column may still be going on at the end of the text: it begins behind a border at or after <paramref name="from"/>.</summary>
    public static bool MayBeInName(ReadOnlySpan<char> text, int from) =>
        text[Math.Max(from, text.Length - LongestName)..].Contains(Border);

    private static int StartOfWord(ReadOnlySpan<char> text, int end) => text[..end].LastIndexOfAny(Gaps) + 1;

    private static int LastDigit(ReadOnlySpan<char> text, int start, int end) => start + text[start..end].LastIndexOfAnyInRange('0', '9') + 1;

    private static int StartOfDigits(ReadOnlySpan<char> text, int start, int end) => start + text[start..end].LastIndexOfAnyExceptInRange('0', '9') + 1;

    /// <summary>The start of the digits, separators and names of columns at the end of the text.</summary>
    private static int StartOfRun(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (true)
        {
            start = text[..start].LastIndexOfAnyExcept(NumberCharacters) + 1;
            var floor = Math.Max(0, start - LongestName);
            var border = text[floor..start].LastIndexOf(Border);
            if (border < 0)
                return start;
            var name = floor + border + 1;
            while (name < start && text[name] is ' ' or LineEnd)
                name++;
            var isName = PartName.ReadAt(text, name) > 0 || text.Length - name < LongestName;
            if (!isName)
                return start;
            start = floor + border;
        }
    }
}
