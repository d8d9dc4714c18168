using System.Collections.Frozen;

namespace RagApp.Dlp.Text;

/// <summary>
/// Recognizes names of columns that hold a part of a number, as sheets are written row by row: <c>card: 4111 | part 2:
/// 1111 | c: 1111</c>. A column with another name holds something else.
/// </summary>
internal static class PartName
{
    private const int Longest = 40;
    private const int LongestInitials = 2;
    private const string Ends = ": ";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "part", "parts", "group", "block", "section", "segment", "piece", "field", "column", "col", "digits", "number", "num", "rest",
        "first", "second", "third", "fourth", "last", "teil", "gruppe", "partie", "parte", "card", "cards", "karte", "kartennummer", "carte", "tarjeta",
        "pan", "ccn", "visa", "mastercard", "amex", "iban", "ssn").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <returns>The length of the name with the colon after it; 0 when there is no such name at <paramref name="at"/>.</returns>
    public static int ReadAt(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || !char.IsLetter(text[at]))
            return 0;
        var reach = text[at..Math.Min(text.Length, at + Longest)];
        var end = reach.IndexOf(Ends, StringComparison.Ordinal);
        return end > 0 && Is(reach[..end]) ? end + Ends.Length : 0;
    }

    /// <summary>True for a name that consists of digits, punctuation, words for parts, and initials.</summary>
    public static bool Is(ReadOnlySpan<char> name)
    {
        for (var at = 0; at < name.Length;)
        {
            var end = at;
            while (end < name.Length && char.IsLetter(name[end]))
                end++;
            if (end - at > LongestInitials && !Words.Contains(name[at..end]))
                return false;
            at = end + 1;
        }
        return true;
    }
}
