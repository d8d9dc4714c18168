using MimeKit;

namespace RagApp.Ingestion.Parsing.Formats.Mail;

/// <summary>Reads a mail the way a person does: who, to whom, when, about what; the text; what is attached.</summary>
internal sealed class MailReader(BlockWriter output)
{
    public void Read(MimeMessage message)
    {
        output.Paragraph(MailHeaders.Of(message));

        var parts = new MailParts(output);
        parts.Sort(message.Body);
        foreach (var text in parts.Texts)
            ReadText(text);
        SetProperties(message); // after the text, which may have some of its own
        foreach (var (name, size, open) in parts.Attachments)
            output.Member(name, size, open);
        if (output.Members.Count > 0)
            output.Paragraph($"Attachments: {string.Join("; ", output.Members.Take(MailLimits.Names).Select(member => member.Name))}");
    }

    /// <summary>A damaged part costs that part.</summary>
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
