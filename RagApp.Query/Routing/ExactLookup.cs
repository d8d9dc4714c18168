using System.Text.RegularExpressions;
using RagApp.Text;

namespace RagApp.Query.Routing;

/// <summary>A query for an exact text: a quoted phrase, a file name or a code.</summary>
/// <param name="Phrases">Phrases that a passage must have word for word; empty for a file name or codes.</param>
/// <param name="FileName">File name or path whose document comes first; null when the query is no file name.</param>
internal sealed partial record ExactLookup(IReadOnlyList<string> Phrases, string? FileName)
{
    /// <summary>
    /// Largest number of codes in one lookup, and of words besides the quoted ones (which must be more); longer queries are
    /// ordinary questions.
    /// </summary>
    private const int MaxWords = 3;

    private const int MaxFileNameWords = 10;

    /// <summary>Texts for the keyword list; for a file name also its words, which the document's title may have.</summary>
    public IReadOnlyList<string> TextsFor(string question) =>
        FileName is null ? [question] : [question, string.Join(' ', Words.Of(FileName[..FileName.LastIndexOf('.')]))];

    /// <summary>Recognizes an exact lookup; null when the text is an ordinary question.</summary>
    /// <param name="isQuestion">True when the text has the form of a question; quoted words are then only a part of what is asked.</param>
    public static ExactLookup? In(string question, bool isQuestion)
    {
        var text = question.Trim();
        var quoted = Quoted().Matches(text);
        if (quoted.Count > 0)
            return !isQuestion && Words.Of(Quoted().Replace(text, " ")).Count is var beside && beside <= MaxWords && beside < Words.Of(text).Count - beside
                ? new ExactLookup([.. quoted.Select(match => match.Groups["phrase"].Value.Trim())], FileName: null)
                : null;
        if (!isQuestion && FileNameOnly().IsMatch(text) && Words.Of(text).Count <= MaxFileNameWords)
            return new ExactLookup([], text);

        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length <= MaxWords && Array.TrueForAll(parts, IsCode) ? new ExactLookup([], FileName: null) : null;
    }

    /// <summary>
    /// True for letters with digits (<c>ISO27001</c>, <c>TR-2024-117</c>), five digits or more, several numbers joined
    /// (<c>10.1.2</c>), and mail or web addresses. A year or an amount is no code.
    /// </summary>
    private static bool IsCode(string part)
    {
        var code = part.Trim(',', ';', '(', ')', '[', ']', '.', '?', '!');
        return Address().IsMatch(code)
            || (Joined().IsMatch(code) && code.Any(char.IsDigit)
                && (code.Any(char.IsLetter) ? code.Length >= 3 : code.Count(char.IsDigit) >= 5 || code.Count(c => !char.IsDigit(c)) >= 2));
    }

    [GeneratedRegex("""
        "(?<phrase>[^"]{2,200})"|“(?<phrase>[^“”]{2,200})”|„(?<phrase>[^„“”]{2,200})[“”]|«(?<phrase>[^«»]{2,200})»|「(?<phrase>[^「」]{2,200})」|『(?<phrase>[^『』]{2,200})』
        """, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[^?*""<>|:\r\n]{1,250}\.(pdf|docx?|docm|xlsx?|xlsm|pptx?|pptm|odt|ods|odp|rtf|txt|text|md|mdx|markdown|x?html?|epub|csv|tsv|tab|json|jsonl|ndjson|xml|eml|mht|mhtml|msg|mbox|zip|rst|rest|log|ya?ml)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileNameOnly();

    [GeneratedRegex(@"^([^\s@]+@[^\s@]+\.[^\s@]+|https?://\S+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[\p{IsBasicLatin}\p{IsLatin-1Supplement}\p{IsCyrillic}\p{IsGreek}-[^\p{L}\p{Nd}]]+([-_/.:#][\p{IsBasicLatin}\p{IsLatin-1Supplement}\p{IsCyrillic}\p{IsGreek}-[^\p{L}\p{Nd}]]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Joined();
}
