using System.Text.RegularExpressions;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Query.Routing;

/// <summary>
/// Finds the codes of a question that no readable passage has. What is found in their place is about similar codes, such as
/// PPR-9087 instead of PPR-9088, and the explanation says so.
/// </summary>
internal static partial class UnknownCodes
{
    /// <summary>Fewest digits of a code: shorter ones, such as <c>Q3</c>, are often written out.</summary>
    private const int FewestDigits = 3;

    /// <summary>The codes as written; null when there are none, or when the index does not say which terms it has.</summary>
    public static IReadOnlyList<string>? In(string question, ChunkCandidates found, ITextAnalysis analysis)
    {
        if (found.TermWeights.Count == 0 && found.Keyword.Count > 0)
            return null;
        List<string> unknown =
        [
            .. Codes().Matches(question).Select(match => match.Value).Where(IsCode).Distinct(StringComparer.Ordinal)
                .Where(code => analysis.Terms(code, ITextAnalysis.DefaultLanguage) is [var term, ..] && !found.TermWeights.ContainsKey(term)),
        ];
        return unknown.Count == 0 ? null : unknown;
    }

    /// <summary>True for capital letters with digits that are no period of time, as in <c>FY2023</c>; <c>VX-2041</c> is a code.</summary>
    private static bool IsCode(string written) =>
        written.Count(char.IsAsciiDigit) >= FewestDigits && written.Any(char.IsAsciiLetterUpper) && !Period().IsMatch(written);

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}_/.:#-])[A-Z0-9]+(?:[-_/.:#][A-Z0-9]+)*(?![\p{L}\p{Nd}_]|[-/.:#][\p{L}\p{Nd}])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Codes();

    /// <summary>Letters with a year behind them, or a year with its quarter, half, month or week.</summary>
    [GeneratedRegex(
        @"^(?:[A-Z]+(?:19|20)\d\d|(?:FY|CY|HY|[QHS][1-4]|JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[-/.]?(?:19|20)?\d\d|(?:19|20)\d\d[-/.]?(?:[QHS][1-4]|W\d\d?))$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Period();
}
