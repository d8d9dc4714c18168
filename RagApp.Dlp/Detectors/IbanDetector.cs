using System.Buffers;
using RagApp.Dlp.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Finds international bank account numbers (ISO 13616): a country with IBANs, its length and structure, and a
/// remainder of 1 modulo 97. Written in one piece or in groups of four; other groups count only when all characters are
/// digits or the text calls it an IBAN.
/// </summary>
internal sealed class IbanDetector : IDetector
{
    private const int Country = 2;
    private const int Head = 4;
    private const int Longest = 34;
    private const int PrintedGroup = 4;

    /// <summary>Longest number with its separators and with the names of columns between its groups.</summary>
    private const int LongestWritten = 600;

    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly ContextWords Context = new("iban", "ibans");

    public string Name => "iban";

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        for (var at = DigitGroup.NextStart(text, 0); at < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = at - Country;
            var end = start >= 0 ? FindAt(text, start) : 0;
            if (end > 0)
                found.Add(new TextSpan(start, end));
            at = DigitGroup.NextStart(text, end > 0 ? end : DigitGroup.EndOfDigits(text, at));
        }
    }

    public int OpenFrom(ReadOnlySpan<char> text)
    {
        var first = Math.Min(text.Length, Math.Max(Country, text.Length - LongestWritten));
        for (var at = DigitGroup.NextStart(text, first); at < text.Length; at = DigitGroup.NextStart(text, DigitGroup.EndOfDigits(text, at)))
        {
            if (IsOpen(text, at - Country))
                return at - Country;
        }
        var word = text.LastIndexOfAnyExcept(Alphanumeric) + 1;
        return text.Length - word < Head ? word : text.Length;
    }

    /// <summary>True when the number that may begin at <paramref name="start"/> has not ended with the text.</summary>
    private static bool IsOpen(ReadOnlySpan<char> text, int start)
    {
        if (!char.IsAsciiLetter(text[start]) || !char.IsAsciiLetter(text[start + 1]) || (start > 0 && char.IsLetterOrDigit(text[start - 1])))
            return false;
        Span<char> country = [char.ToUpperInvariant(text[start]), char.ToUpperInvariant(text[start + 1])];
        if (IbanCountries.StructureOf(country) is not { } structure)
            return false;
        var at = start + Head;
        foreach (var kind in structure)
        {
            if (at < text.Length)
                at += Separator.ReadAt(text, at, out _);
            if (at >= text.Length)
                return true;
            if (!Fits(text[at++], kind))
                return OpenEnd.MayBeInName(text, start);
        }
        return at >= text.Length;
    }

    private static int FindAt(ReadOnlySpan<char> text, int start)
    {
        if (!char.IsAsciiLetter(text[start]) || !char.IsAsciiLetter(text[start + 1]) || (start > 0 && char.IsLetterOrDigit(text[start - 1])))
            return 0;
        if (start + Head > text.Length || !char.IsAsciiDigit(text[start + 3]))
            return 0;
        Span<char> country = [char.ToUpperInvariant(text[start]), char.ToUpperInvariant(text[start + 1])];
        if (IbanCountries.StructureOf(country) is not { } structure)
            return 0;
        Span<char> number = stackalloc char[Longest];
        var end = Read(text, start, structure, number, out var asPrinted);
        if (end == 0 || Remainder(number[..(Head + structure.Length)]) != 1)
            return 0;
        return asPrinted || !structure.AsSpan().ContainsAnyExcept('n') || Context.StandBefore(text, start) ? end : 0;
    }

    /// <summary>Reads the whole number into <paramref name="number"/>, without separators and in upper case.</summary>
    /// <returns>The end of the number; 0 when it does not match the structure.</returns>
    private static int Read(ReadOnlySpan<char> text, int start, string structure, Span<char> number, out bool asPrinted)
    {
        text.Slice(start, Head).ToUpperInvariant(number);
        asPrinted = true;
        var length = Head;
        var at = start + Head;
        var whole = Separator.ReadAt(text, at, out _) == 0;
        foreach (var kind in structure)
        {
            var gap = Separator.ReadAt(text, at, out _);
            if (gap > 0)
                asPrinted &= !whole && length % PrintedGroup == 0;
            at += gap;
            if (at >= text.Length || !Fits(text[at], kind))
                return 0;
            number[length++] = char.ToUpperInvariant(text[at++]);
        }
        return at < text.Length && char.IsLetterOrDigit(text[at]) ? 0 : at;
    }

    private static bool Fits(char c, char kind) => kind switch
    {
        'n' => char.IsAsciiDigit(c),
        'a' => char.IsAsciiLetter(c),
        _ => char.IsAsciiLetterOrDigit(c),
    };

    /// <summary>The remainder modulo 97. The first four characters are moved to the end, and letters count from 10 (A) to 35 (Z).</summary>
    private static int Remainder(ReadOnlySpan<char> number)
    {
        var remainder = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var c = number[(i + Head) % number.Length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'A' + 10) % 97;
        }
        return remainder;
    }
}
