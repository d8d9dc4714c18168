using RagApp.Dlp.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Finds payment card numbers by issuer range, length and check digit (Luhn, ISO/IEC 7812-1 annex B), outside longer
/// numbers. One in sixty numbers of the right length passes these tests by chance, so the notation counts: one piece,
/// the groups printed on cards, or groups of equal length. A number in another notation, split over cells or several
/// lines, or inside an address or a longer id is reported only after a context word or in a column named like one.
/// Number sequences (<see cref="Sequence"/>) are never reported.
/// </summary>
internal sealed class PaymentCardDetector : IDetector
{
    private const int Shortest = 13;
    private const int Longest = 19;
    private const int LongestEqualGroup = 5;

    private static readonly ContextWords Context = new(
        "card", "cards", "credit", "debit", "visa", "mastercard", "amex", "american express", "discover", "diners", "jcb", "unionpay", "maestro",
        "rupay", "pan", "cc", "ccn", "cvv", "cvc", "karte", "kreditkarte", "kartennummer", "carte", "tarjeta", "carta", "cartão", "kort", "kaart");

    public string Name => "payment-card";

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        Span<DigitGroup> groups = stackalloc DigitGroup[Longest + 1];
        var columns = new ColumnNames(text);
        for (var at = DigitGroup.NextStart(text, 0); at < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = FindAt(text, at, groups, ref columns);
            if (end > 0)
                found.Add(new TextSpan(at, end));
            at = DigitGroup.NextStart(text, end > 0 ? end : DigitGroup.EndOfDigits(text, at));
        }
    }

    public int OpenFrom(ReadOnlySpan<char> text) => OpenEnd.OfNumber(text, Longest);

    /// <summary>The end of the card number that begins at <paramref name="start"/>, the longest if there are several; 0 when there is none.</summary>
    private static int FindAt(ReadOnlySpan<char> text, int start, scoped Span<DigitGroup> groups, scoped ref ColumnNames columns)
    {
        if (text[start] is '0' or '1' or '7' || IsInsideWord(text, start))
            return 0;
        var read = groups[..DigitGroup.Read(text, start, groups)];
        Span<char> digits = stackalloc char[Longest];
        var length = 0;
        var end = 0;
        for (var count = 1; count <= read.Length && length + read[count - 1].Length <= Longest; count++)
        {
            var group = read[count - 1];
            text[group.Start..group.End].CopyTo(digits[length..]);
            length += group.Length;
            if (length >= Shortest && EndsAt(text, group.End) && IsCard(digits[..length]) && IsWritten(text, read, count, length, ref columns))
                end = group.End;
        }
        return end;
    }

    /// <summary>True after a letter, an underscore, or the decimal point of a number: 0.4111111111111111 is not a card number.</summary>
    private static bool IsInsideWord(ReadOnlySpan<char> text, int start) =>
        start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '_'
            || (text[start - 1] == '.' && start > 1 && char.IsAsciiDigit(text[start - 2])));

    private static bool EndsAt(ReadOnlySpan<char> text, int end) =>
        end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] == '_');

    private static bool IsCard(ReadOnlySpan<char> digits) =>
        CardIssuers.Issues(int.Parse(digits[..6], System.Globalization.CultureInfo.InvariantCulture), digits.Length) && HasCheckDigit(digits) && !Sequence.Is(digits);

    /// <summary>
    /// The Luhn check: every second digit from the right is doubled, the digits of the products are added up, and the sum ends
    /// in 0.
    /// </summary>
    private static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = digits[^(i + 1)] - '0';
            value <<= i & 1;
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }

    private static bool IsWritten(ReadOnlySpan<char> text, scoped ReadOnlySpan<DigitGroup> groups, int count, int length, scoped ref ColumnNames columns)
    {
        var start = groups[0].Start;
        var own = groups[..count];
        var printed = IsPrinted(own, length) || IsPrintedOverLines(own, length);
        if (Sequence.Is(text, own, printed))
            return false;
        var before = NeighbourBefore(text, start);
        var after = count < groups.Length ? groups[count] : default;
        return (count == 1 ? IsApart(before, after) && length > Shortest && !OtherNumber.IsNamedBefore(text, start) : IsGrouped(text, own, before, after, printed))
            || ((printed || !HasListMark(own)) && (Context.StandBefore(text, start) || Context.StandIn(columns.At(start))));
    }

    private static bool IsApart(char before, DigitGroup after) =>
        before is not ('-' or '.' or '_' or '/' or '#') && after.Separator is not ('-' or '.' or '_');

    private static bool IsGrouped(ReadOnlySpan<char> text, ReadOnlySpan<DigitGroup> groups, char before, DigitGroup after, bool printed)
    {
        if (!HasOneSeparator(groups, out var separator) || OtherNumber.HasPrefix(text, groups[0].Start))
            return false;
        return printed
            ? !Continues(before, separator, LengthBefore(text, groups[0].Start)) && !Continues(after.Separator, separator, after.Length)
            : separator != '/' && HasEqualGroups(groups) && before != separator && after.Separator != separator;
    }

    /// <summary>
    /// True when a neighbouring group of digits makes the printed groups a part of a longer number. After a space an
    /// expiry date or a security code may follow, but not a fifth group of four.
    /// </summary>
    private static bool Continues(char neighbour, char separator, int length) =>
        neighbour == separator && (separator != ' ' || length == 4);

    /// <summary>True when all groups have the same separator; one separator may be a line end.</summary>
    private static bool HasOneSeparator(ReadOnlySpan<DigitGroup> groups, out char separator)
    {
        separator = Separator.None;
        var breaks = 0;
        foreach (var group in groups[1..])
        {
            if (group.Separator == '\n')
                breaks++;
            else if (separator == Separator.None)
                separator = group.Separator;
            else if (separator != group.Separator)
                return false;
        }
        return separator is ' ' or '-' or '.' or '_' or '/' && breaks <= 1;
    }

    /// <summary>True when a separator is one of lists or dates; then only the groups printed on cards count as one number.</summary>
    private static bool HasListMark(ReadOnlySpan<DigitGroup> groups)
    {
        foreach (var group in groups)
        {
            if (group.Separator is ',' or ';' or '/')
                return true;
        }
        return false;
    }

    /// <summary>True for the groups printed on cards: 4-4-4-4, 4-4-4-4-3, 6-13; 4-6-5 (American Express); 4-6-4 (Diners Club).</summary>
    private static bool IsPrinted(ReadOnlySpan<DigitGroup> groups, int length) => length switch
    {
        14 => groups is [{ Length: 4 }, { Length: 6 }, _],
        15 => groups is [{ Length: 4 }, { Length: 6 }, _],
        16 => groups is [{ Length: 4 }, { Length: 4 }, { Length: 4 }, { Length: 4 }],
        19 => groups is [{ Length: 4 }, { Length: 4 }, { Length: 4 }, { Length: 4 }, _] or [{ Length: 6 }, _],
        _ => false,
    };

    /// <summary>True for the groups printed on cards when a line end stands in the middle of one of them.</summary>
    private static bool IsPrintedOverLines(ReadOnlySpan<DigitGroup> groups, int length)
    {
        Span<DigitGroup> joined = stackalloc DigitGroup[Longest + 1];
        var count = 0;
        foreach (var group in groups)
        {
            if (count > 0 && group.Separator == '\n')
                joined[count - 1] = joined[count - 1] with { End = joined[count - 1].End + group.Length };
            else
                joined[count++] = group;
        }
        return count < groups.Length && IsPrinted(joined[..count], length);
    }

    private static bool HasEqualGroups(ReadOnlySpan<DigitGroup> groups)
    {
        var size = groups[0].Length;
        foreach (var group in groups[..^1])
        {
            if (group.Length != size)
                return false;
        }
        return size <= LongestEqualGroup && groups[^1].Length <= size;
    }

    /// <summary>The character that joins this number to a number or address before it.</summary>
    private static char NeighbourBefore(ReadOnlySpan<char> text, int start)
    {
        if (start > 0 && text[start - 1] is '/' or '#')
            return text[start - 1];
        var gap = Separator.ReadBefore(text, start, out var kind);
        return gap > 0 && start - gap > 0 && char.IsAsciiDigit(text[start - gap - 1]) ? kind : Separator.None;
    }

    private static int LengthBefore(ReadOnlySpan<char> text, int start)
    {
        var end = start - Separator.ReadBefore(text, start, out _);
        var length = 0;
        while (length <= Longest && end - length > 0 && char.IsAsciiDigit(text[end - length - 1]))
            length++;
        return length;
    }
}
