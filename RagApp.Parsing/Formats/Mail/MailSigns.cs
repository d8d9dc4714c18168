using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>Recognizes mail by the header lines at its start, and mailboxes by the separator line before them.</summary>
internal static partial class MailSigns
{
    private const int FewestHeaders = 2;

    public static bool BeginMailbox(string text) => MailboxStart().IsMatch(text);

    public static bool AreIn(string text, string extension)
    {
        if (Headers().Match(text) is not { Success: true } headers)
            return false;
        var known = Known().Matches(headers.Value).Select(match => match.Groups[1].Value.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        return extension switch
        {
            ".eml" or ".mht" or ".mhtml" => known.Count > 0,
            ".txt" or ".text" or ".md" => known.Contains("MIME-VERSION") && known.Count > FewestHeaders,
            _ => known.Count >= FewestHeaders,
        };
    }

    [GeneratedRegex(@"^From \S.{0,200}\d\d:\d\d", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex MailboxStart();

    /// <summary>Matches header lines; a long one continues in lines that begin with white space.</summary>
    [GeneratedRegex(@"^\s*([A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n([ \t][^\n]*\n)*)+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Headers();

    [GeneratedRegex(@"^(from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type|reply-to):",
        RegexOptions.IgnoreCase | RegexOptions.Multiline, 2000)]
    private static partial Regex Known();
}
