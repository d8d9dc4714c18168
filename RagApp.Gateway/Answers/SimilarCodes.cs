using System.Text.RegularExpressions;

namespace RagApp.Gateway.Answers;

/// <summary>Codes of the passages that may be meant by an unknown one, such as PPR-9087 when PPR-9088 is asked for.</summary>
internal static partial class SimilarCodes
{
    private const int Most = 3;

    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>Returns at most three codes of the same series (equal up to their last number), those with most equal characters first.</summary>
    public static IReadOnlyList<string> To(string code, IEnumerable<string> passages)
    {
        var series = code.TrimEnd(Digits);
        if (series.Length == 0 || series.Length == code.Length)
            return [];
        return
        [
            .. passages.SelectMany(passage => Code().Matches(passage).Select(match => match.Value))
                .Where(other => other.StartsWith(series, StringComparison.Ordinal) && other.TrimEnd(Digits).Length == series.Length)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(other => other.Zip(code).Count(pair => pair.First == pair.Second))
                .ThenBy(other => Math.Abs(other.Length - code.Length))
                .Take(Most),
        ];
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}]+(?:[-_/.:#][\p{L}\p{Nd}]+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
