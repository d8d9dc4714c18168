using System.Runtime.InteropServices;

namespace RagApp.Dlp.Text;

/// <summary>A run of digits without a break.</summary>
/// <param name="Separator">The kind of separator between the previous group and this one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DigitGroup(int Start, int End, char Separator)
{
    public int Length => End - Start;

    /// <summary>
    /// Reads groups from <paramref name="start"/>, which is a digit, as long as separators join them and <paramref
    /// name="groups"/> has room. Returns their number.
    /// </summary>
    public static int Read(ReadOnlySpan<char> text, int start, Span<DigitGroup> groups)
    {
        var separator = Text.Separator.None;
        for (var count = 0; ; )
        {
            var end = EndOfDigits(text, start);
            groups[count++] = new DigitGroup(start, end, separator);
            var gap = Text.Separator.ReadAt(text, end, out separator);
            if (count == groups.Length || gap == 0 || end + gap >= text.Length || !char.IsAsciiDigit(text[end + gap]))
                return count;
            start = end + gap;
        }
    }

    public static int EndOfDigits(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : start + length;
    }

    /// <summary>The next digit at or after <paramref name="from"/> that begins a run; the end of the text when there is none.</summary>
    public static int NextStart(ReadOnlySpan<char> text, int from)
    {
        var at = text[from..].IndexOfAnyInRange('0', '9');
        return at < 0 ? text.Length : from + at;
    }
}
