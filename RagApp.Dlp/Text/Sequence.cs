using System.Globalization;

namespace RagApp.Dlp.Text;

/// <summary>
/// Recognizes number sequences: numbers of lines or rows, years, steps of a scale, or one number repeated. Read as one
/// number, a sequence passes a check digit in one of ten cases, but no issuer gives out such numbers.
/// </summary>
internal static class Sequence
{
    private const int FewestGroups = 3;

    /// <summary>Smallest number of groups in a sequence that only rises or falls; fewer may be chance.</summary>
    private const int FewestRising = 5;

    /// <summary>Largest number of digits in a group of a sequence.</summary>
    private const int LongestGroup = 9;

    /// <param name="printed">
    /// True when the groups are those printed on cards: then only a constant step is a sequence, and one group repeated is not.
    /// </param>
    public static bool Is(ReadOnlySpan<char> text, ReadOnlySpan<DigitGroup> groups, bool printed)
    {
        if (groups.Length < FewestGroups)
            return false;
        Span<long> steps = stackalloc long[groups.Length - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            if (groups[i].Length > LongestGroup || groups[i + 1].Length > LongestGroup)
                return false;
            steps[i] = Value(text, groups[i + 1]) - Value(text, groups[i]);
        }
        if (!steps.ContainsAnyExcept(steps[0]))
            return steps[0] != 0 || !printed;
        return !printed && groups.Length >= FewestRising && (IsOneWay(steps) || HasEvenRun(steps));
    }

    /// <summary>True when each digit differs from the one before by the same step, as in 4567890123456789.</summary>
    public static bool Is(ReadOnlySpan<char> digits)
    {
        for (var i = 2; i < digits.Length; i++)
        {
            if ((digits[i] - digits[i - 1] - digits[1] + digits[0]) % 10 != 0)
                return false;
        }
        return true;
    }

    private static long Value(ReadOnlySpan<char> text, DigitGroup group) =>
        long.Parse(text[group.Start..group.End], NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool IsOneWay(ReadOnlySpan<long> steps)
    {
        foreach (var step in steps)
        {
            if (step == 0 || step > 0 != steps[0] > 0)
                return false;
        }
        return true;
    }

    /// <summary>True when some consecutive groups have the same step, whatever stands before and after them.</summary>
    private static bool HasEvenRun(ReadOnlySpan<long> steps)
    {
        var run = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            run = steps[i] == 0 ? 0 : i > 0 && steps[i] == steps[i - 1] ? run + 1 : 1;
            if (run == FewestRising - 1)
                return true;
        }
        return false;
    }
}
