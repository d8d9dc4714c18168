using System.Text.RegularExpressions;

namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>Mail by the header lines it begins with, mailboxes by the line before them.</summary>
internal static partial class MailKind
{
    private const int FewestHeaders = 2;

    public static string? Detect(string text, string ending)
    {
        if (MailboxStart().IsMatch(text))
            return MediaTypes.Mbox;
        if (Headers().Match(text) is not { Success: true } headers)
            return null;
        var known = Known().Matches(headers.Value).Select(match => match.Groups[1].Value.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        return ending switch
        {
            ".EML" or ".MHT" or ".MHTML" => known.Count > 0 ? MediaTypes.Mail : null,
            ".TXT" or ".TEXT" or ".MD" => known.Contains("MIME-VERSION") && known.Count > FewestHeaders ? MediaTypes.Mail : null,
            _ => known.Count >= FewestHeaders ? MediaTypes.Mail : null,
        };
    }

    [GeneratedRegex(@"^From \S.{0,200}\d\d:\d\d", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex MailboxStart();

    /// <summary>Header lines, of which long ones go on in lines that begin with white space.</summary>
    [GeneratedRegex(@"^\s*([A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n([ \t][^\n]*\n)*)+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Headers();

    [GeneratedRegex(@"^(from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type|reply-to):",
        RegexOptions.IgnoreCase | RegexOptions.Multiline, 2000)]
    private static partial Regex Known();
}
