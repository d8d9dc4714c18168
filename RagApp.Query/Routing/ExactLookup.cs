using System.Text.RegularExpressions;

namespace RagApp.Query.Routing;

/// <summary>Something that is looked up as it is written.</summary>
/// <param name="Phrases">What has to be in a passage word for word; none when the words themselves are enough.</param>
/// <param name="FileName">A file name or path, whose document comes first; null when it is none.</param>
internal sealed partial record ExactLookup(IReadOnlyList<string> Phrases, string? FileName)
{
    /// <summary>Words beside quotation marks, and fewer than in them, or codes in one lookup; with more it is a question about them.</summary>
    private const int MaxWords = 3;

    private const int MaxFileNameWords = 10;

    /// <summary>What the keyword list is asked: the words of a file's name as well, which its title may have.</summary>
    public IReadOnlyList<string> TextsFor(string question) =>
        FileName is null ? [question] : [question, string.Join(' ', Words.Of(FileName[..FileName.LastIndexOf('.')]))];

    /// <summary>What a question is an exact lookup of; null when it is none.</summary>
    /// <param name="isQuestion">Whether it is put as a question: then what is quoted in it is only a part of what is asked.</param>
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
    /// Letters with digits (<c>ISO27001</c>, <c>TR-2024-117</c>), five digits or more, several numbers joined
    /// (<c>10.1.2</c>), an address of mail or web. A year or an amount is none.
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

    [GeneratedRegex(@"^[^?*""<>|:\r\n]{1,250}\.(pdf|docx?|docm|xlsx?|xlsm|pptx?|pptm|odt|ods|odp|rtf|txt|md|markdown|html?|epub|csv|tsv|json|xml|eml|msg|mbox|zip|rst|log|ya?ml)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileNameOnly();

    [GeneratedRegex(@"^([^\s@]+@[^\s@]+\.[^\s@]+|https?://\S+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[\p{IsBasicLatin}\p{IsLatin-1Supplement}\p{IsCyrillic}\p{IsGreek}-[^\p{L}\p{Nd}]]+([-_/.:#][\p{IsBasicLatin}\p{IsLatin-1Supplement}\p{IsCyrillic}\p{IsGreek}-[^\p{L}\p{Nd}]]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Joined();
}
