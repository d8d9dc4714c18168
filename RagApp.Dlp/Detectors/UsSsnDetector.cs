using System.Globalization;
using RagApp.Dlp.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Finds US social security numbers, 3-2-4 digits; never area 000, 666 or 9xx, group 00, serial 0000 (SSA,
/// "randomization"). With hyphens a valid number is reported; with other separators or none, only after a context word.
/// </summary>
internal sealed class UsSsnDetector : IDetector
{
    private const int Length = 9;
    private const int Unassigned = 666;
    private const int LastArea = 899;

    private static readonly ContextWords Context = new(
        "ssn", "ssns", "ss#", "ss", "social security", "social security number", "social security no", "soc sec", "tin", "taxpayer id");

    public string Name => "us-ssn";

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        Span<DigitGroup> room = stackalloc DigitGroup[4];
        for (var at = DigitGroup.NextStart(text, 0); at < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var groups = room[..DigitGroup.Read(text, at, room)];
            var end = IsApart(text, at) ? FindIn(text, groups) : 0;
            if (end > 0)
                found.Add(new TextSpan(at, end));
            at = DigitGroup.NextStart(text, end > 0 ? end : groups[0].End);
        }
    }

    public int OpenFrom(ReadOnlySpan<char> text) => OpenEnd.OfNumber(text, Length);

    private static int FindIn(ReadOnlySpan<char> text, ReadOnlySpan<DigitGroup> groups)
    {
        var (area, group, serial, separator) = groups switch
        {
            [{ Length: Length } all, ..] => (all.Start, all.Start + 3, all.Start + 5, Separator.None),
            [{ Length: 3 } first, { Length: 2 } second, { Length: 4 } third, ..] when second.Separator == third.Separator =>
                (first.Start, second.Start, third.Start, second.Separator),
            _ => (0, 0, 0, Separator.None),
        };
        if (serial == 0 || !IsAssigned(text, area, group, serial) || !EndsAt(text, serial + 4))
            return 0;
        return separator == '-' || Context.StandBefore(text, area) ? serial + 4 : 0;
    }

    private static bool IsAssigned(ReadOnlySpan<char> text, int area, int group, int serial) =>
        Number(text.Slice(area, 3)) is > 0 and <= LastArea and not Unassigned
        && Number(text.Slice(group, 2)) > 0
        && Number(text.Slice(serial, 4)) > 0;

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>True when the character before the number does not make it a part of a longer id, address or fraction.</summary>
    private static bool IsApart(ReadOnlySpan<char> text, int start) =>
        start == 0 || !(char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '-' or '_' or '.' or '/' or '+');

    private static bool EndsAt(ReadOnlySpan<char> text, int end) =>
        end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] == '_'
            || (text[end] is '-' or '.' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1])));
}
