using System.Text;

namespace RagApp.Parsing.Formats.Zip;

/// <summary>
/// Recognizes Japanese names in Shift-JIS, which are too short for statistics. In them, kana and ideographs stand in runs of at least two; in the names of other
/// encodings, which are valid Shift-JIS by chance, single ones stand between Latin letters.
/// </summary>
internal static class ShiftJisNames
{
    private const int ShiftJis = 932;

    /// <summary>The encoding; null when the names are not in it.</summary>
    public static Encoding? EncodingOf(ReadOnlySpan<byte> names)
    {
        if (Utf8IsValid(names) || TextDecoder.ByCodePage(ShiftJis) is not { } encoding || TextDecoder.TryDecode(encoding, names) is not { } text)
            return null;
        var run = 0;
        foreach (var character in text + '\n')
        {
            if (character is >= '\u3000' and <= '\u9FFF' or >= '\uFF01' and <= '\uFF5E')
                run++;
            else if (run == 1 || character > '\u007F')
                return null;
            else
                run = 0;
        }
        return encoding;
    }

    private static bool Utf8IsValid(ReadOnlySpan<byte> names) => System.Text.Unicode.Utf8.IsValid(names);
}
