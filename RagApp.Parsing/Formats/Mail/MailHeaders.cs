using System.Globalization;
using System.Text;
using MimeKit;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>
/// Writes the header lines of a mail:
/// <code>
/// From: Ada Lovelace &lt;ada@example.org&gt;
/// Date: 2024-02-29 13:05 +01:00
/// Subject: Engine
/// </code>
/// </summary>
internal static class MailHeaders
{
    public static string Of(MimeMessage message)
    {
        var lines = new StringBuilder();
        Add(lines, "From", message.From);
        Add(lines, "To", message.To);
        Add(lines, "Cc", message.Cc);
        Add(lines, "Bcc", message.Bcc);
        if (message.Date != DateTimeOffset.MinValue)
            lines.Append(CultureInfo.InvariantCulture, $"Date: {message.Date:yyyy-MM-dd HH:mm zzz}\n");
        if (CleanText.OneLine(message.Subject) is { Length: > 0 } subject)
            lines.Append(CultureInfo.InvariantCulture, $"Subject: {subject}\n");
        return lines.ToString();
    }

    /// <summary>The names of the addressees, or the address of one without a name.</summary>
    public static string Names(InternetAddressList addresses) =>
        string.Join(", ", addresses.Mailboxes.Select(mailbox => mailbox.Name is { Length: > 0 } name ? name : mailbox.Address));

    private static void Add(StringBuilder lines, string header, InternetAddressList addresses)
    {
        var all = addresses.Mailboxes.ToList();
        if (all.Count == 0)
            return;
        lines.Append(CultureInfo.InvariantCulture, $"{header}: {string.Join("; ", all.Take(MailLimits.Names).Select(Describe))}");
        if (all.Count > MailLimits.Names)
            lines.Append(CultureInfo.InvariantCulture, $"; and {all.Count - MailLimits.Names:N0} more");
        lines.Append('\n');
    }

    private static string Describe(MailboxAddress mailbox) => (CleanText.OneLine(mailbox.Name), CleanText.OneLine(mailbox.Address)) switch
    {
        ({ Length: > 0 } name, { Length: > 0 } address) when !string.Equals(name, address, StringComparison.OrdinalIgnoreCase) => $"{name} <{address}>",
        ({ Length: > 0 } name, _) => name,
        (_, var address) => address,
    };
}
