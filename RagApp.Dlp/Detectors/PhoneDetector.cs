using System.Buffers;
using Microsoft.Extensions.Options;
using PhoneNumbers;
using RagApp.Dlp.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Finds phone numbers that are valid in a numbering plan (libphonenumber). With a country code, a valid number is
/// reported. Without one, it must be valid in the configured region, and be grouped as that region prints numbers or
/// follow a context word, because dates, amounts and ids consist of digits too.
/// </summary>
internal sealed class PhoneDetector(IOptions<DetectorOptions> options) : IDetector
{
    private const int FewestDigits = 7;
    private const int MostDigits = 15;
    private const int Longest = 24;

    /// <summary>Number of groups of digits that may follow a phone number without being a part of it, such as a year or a floor.</summary>
    private const int TrailingGroups = 2;

    private static readonly SearchValues<char> RunCharacters = SearchValues.Create("0123456789 -./()+");

    private static readonly ContextWords Context = new(
        "phone", "phones", "telephone", "tel", "call", "mobile", "cell", "fax", "hotline", "helpline", "dial", "sms", "whatsapp",
        "telefon", "mobil", "handy", "rufnummer", "téléphone", "portable", "teléfono", "móvil", "telefono", "cellulare", "telefone", "celular", "telefoon");

    private readonly PhoneNumberUtil _plans = PhoneNumberUtil.GetInstance();

    public string Name => "phone";

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        for (var at = DigitGroup.NextStart(text, 0); at < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = IncludeOpening(text, at);
            var end = EndOfCandidate(text, at);
            var accepted = IsApart(text, start) ? Accept(text, start, end) : 0;
            if (accepted > 0)
                found.Add(new TextSpan(start, accepted));
            at = DigitGroup.NextStart(text, accepted > 0 ? accepted : end);
        }
    }

    /// <summary>The run of digits and marks at the end stays open as a whole, since a run that is too long is skipped as a whole.</summary>
    public int OpenFrom(ReadOnlySpan<char> text)
    {
        var run = text.LastIndexOfAnyExcept(RunCharacters) + 1;
        var digit = DigitGroup.NextStart(text, run);
        while (digit > 0 && text[digit - 1] is '(' or '+')
            digit--;
        return digit;
    }

    private static int IncludeOpening(ReadOnlySpan<char> text, int start)
    {
        if (start > 0 && text[start - 1] == '(')
            start--;
        if (start > 0 && text[start - 1] == '+')
            start--;
        return start;
    }

    /// <summary>
    /// End of a run of digits joined by marks used in phone numbers. A run that is too long is not a phone number and is
    /// skipped as a whole.
    /// </summary>
    private static int EndOfCandidate(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        var gap = 0;
        for (var at = start; at < text.Length && gap <= 3 && (char.IsAsciiDigit(text[at]) || text[at] is ' ' or '-' or '.' or '/' or '(' or ')'); at++)
        {
            gap = char.IsAsciiDigit(text[at]) ? 0 : gap + 1;
            if (gap == 0)
                end = at + 1;
        }
        return end;
    }

    private static bool IsApart(ReadOnlySpan<char> text, int start)
    {
        if (start == 0)
            return true;
        var before = text[start - 1];
        return !char.IsLetterOrDigit(before) && before is not ('_' or '-' or '.' or ',' or '#' or '=' or '@' or '/' or '%' or '+')
            && char.GetUnicodeCategory(before) != System.Globalization.UnicodeCategory.CurrencySymbol;
    }

    /// <summary>
    /// The end of the number; trailing groups of digits that are not a part of it are removed one by one. 0 when there is no
    /// number.
    /// </summary>
    private int Accept(ReadOnlySpan<char> text, int start, int end)
    {
        if (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '%'))
            return 0;
        for (var tries = 0; tries <= TrailingGroups && end > start; tries++)
        {
            if (end - start <= Longest && IsNumber(text, start, end))
                return end;
            end = WithoutLastGroup(text, start, end);
        }
        return 0;
    }

    private static int WithoutLastGroup(ReadOnlySpan<char> text, int start, int end)
    {
        while (end > start && char.IsAsciiDigit(text[end - 1]))
            end--;
        while (end > start && !char.IsAsciiDigit(text[end - 1]))
            end--;
        return end;
    }

    private bool IsNumber(ReadOnlySpan<char> text, int start, int end)
    {
        var candidate = text[start..end];
        var digits = Digits(candidate);
        if (digits.Length is < FewestDigits or > MostDigits)
            return false;
        var international = candidate[0] == '+';
        try
        {
            var number = _plans.Parse(candidate.ToString(), options.Value.PhoneRegion);
            return international
                ? _plans.IsValidNumber(number)
                : _plans.IsValidNumberForRegion(number, options.Value.PhoneRegion)
                    && (IsPrinted(candidate, number) || Context.StandBefore(text, start));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    private bool IsPrinted(ReadOnlySpan<char> candidate, PhoneNumber number) =>
        candidate.ContainsAnyExceptInRange('0', '9')
        && (IsGroupedAs(candidate, _plans.Format(number, PhoneNumberFormat.NATIONAL))
            || IsGroupedAs(candidate, _plans.Format(number, PhoneNumberFormat.INTERNATIONAL)));

    /// <summary>True when both texts have the same groups of digits, with any separators.</summary>
    private static bool IsGroupedAs(ReadOnlySpan<char> candidate, ReadOnlySpan<char> printed)
    {
        while (true)
        {
            if (!TakeGroup(ref candidate).SequenceEqual(TakeGroup(ref printed)))
                return false;
            if (candidate.IsEmpty || printed.IsEmpty)
                return candidate.IsEmpty && printed.IsEmpty;
        }
    }

    private static ReadOnlySpan<char> TakeGroup(ref ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" -./()+");
        var end = DigitGroup.EndOfDigits(text, 0);
        var group = text[..end];
        text = text[end..];
        return group;
    }

    private static string Digits(ReadOnlySpan<char> text)
    {
        var digits = "";
        foreach (var c in text)
            digits += char.IsAsciiDigit(c) ? c : "";
        return digits;
    }
}
