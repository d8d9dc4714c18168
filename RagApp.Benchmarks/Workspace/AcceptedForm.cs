using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Benchmarks.Workspace;

/// <summary>
/// Searches an answer for an accepted form. Both are compared in Unicode form NFKC, without invisible characters, with each
/// run of whitespace as one space, and without regard to case; emphasis marks of Markdown are first taken out of the answer.
/// </summary>
internal static partial class AcceptedForm
{
    private const int Patience = 30_000;

    /// <summary>True when the answer contains the form. A form that begins or ends with a digit is no part of a longer number.</summary>
    public static bool IsIn(string answer, string form)
    {
        var wanted = Comparable(form);
        var before = char.IsDigit(wanted[0]) ? @"(?<!\d)(?<!\d[.,])" : "";
        var after = char.IsDigit(wanted[^1]) ? @"(?!\d)(?![.,]\d)" : "";
        return Regex.IsMatch(
            Comparable(Emphasis().Replace(answer, "")), before + Regex.Escape(wanted) + after, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(Patience));
    }

    private static string Comparable(string text) =>
        Whitespace().Replace(Invisible().Replace(text.Normalize(NormalizationForm.FormKC), ""), " ").Trim().ToUpperInvariant();

    /// <summary>Asterisks, and underscores at the edge of a word.</summary>
    [GeneratedRegex(@"\*+|(?<!\w)_+|_+(?!\w)", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Emphasis();

    /// <summary>Soft hyphens, zero-width spaces, byte-order marks and direction marks.</summary>
    [GeneratedRegex(@"[\u00AD\u200B\uFEFF\u200E\u200F\u202A-\u202E]", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Whitespace();
}
