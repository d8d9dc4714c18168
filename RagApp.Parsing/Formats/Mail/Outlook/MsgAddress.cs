using MimeKit;

namespace RagApp.Parsing.Formats.Mail.Outlook;

/// <summary>Converts names and addresses stored by Outlook. Inside an organization the address is a directory path and is not shown.</summary>
internal static class MsgAddress
{
    public static MailboxAddress? Of(string? name, string? address)
    {
        name = CleanText.OneLine(name).Trim('\'', '"');
        address = CleanText.OneLine(address);
        if (MailboxAddress.TryParse(MailLimits.Options, address, out var mailbox) && mailbox.Address.Contains('@', StringComparison.Ordinal))
            return new MailboxAddress(name.Length > 0 ? name : mailbox.Name, mailbox.Address);
        return name.Length > 0 ? new MailboxAddress(name, "") : null;
    }
}
