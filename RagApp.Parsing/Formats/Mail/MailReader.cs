using MimeKit;
using RagApp.Parsing.Formats.Calendar;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>Reads a mail: header lines, text, and the list of attachments.</summary>
internal sealed class MailReader(BlockWriter output)
{
    /// <summary>The title shared by all mail formats.</summary>
    public const string Title = "mail (.eml, .mbox, .msg)";

    public void Read(MimeMessage message)
    {
        output.Paragraph(MailHeaders.Of(message));

        var parts = new MailParts(output);
        parts.Sort(message.Body);
        foreach (var text in parts.Texts)
            ReadText(text);
        foreach (var calendar in parts.Calendars)
            CalendarText.Read(MailText.Decode(calendar), output);
        SetProperties(message); // after the text, which may set properties of its own
        foreach (var (name, size, open) in parts.Attachments)
            output.Member(name, size, open);
        if (output.Members.Count > 0)
            output.Paragraph($"Attachments: {string.Join("; ", output.Members.Take(MailLimits.Names).Select(member => member.Name))}");
    }

    /// <summary>Reads a text part; a damaged part is skipped with a warning.</summary>
    private void ReadText(TextPart text)
    {
        try
        {
            MailText.Read(text, output);
        }
        catch (Exception exception) when (exception is not (ParseLimitException or OutOfMemoryException))
        {
            output.Warn("A part of the mail's text is damaged and could not be read.");
        }
    }

    private void SetProperties(MimeMessage message)
    {
        output.SetTitle(message.Subject);
        output.SetAuthor(message.From.Count > 0 ? MailHeaders.Names(message.From) : null);
        output.SetDates(message.Date == DateTimeOffset.MinValue ? null : message.Date, modified: null);
    }
}
