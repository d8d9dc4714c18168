using MimeKit;

namespace RagApp.Ingestion.Parsing.Formats.Mail.Outlook;

/// <summary>Names and addresses as Outlook keeps them; within one organisation the address is a directory path and says nothing.</summary>
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
