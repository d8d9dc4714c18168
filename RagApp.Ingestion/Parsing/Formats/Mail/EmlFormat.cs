using MimeKit;

namespace RagApp.Ingestion.Parsing.Formats.Mail;

/// <summary>One mail as programs save it. What is attached becomes documents.</summary>
internal sealed class EmlFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Mail;

    public void Read(Stream file, BlockWriter output)
    {
        using var message = Parse(file);
        new MailReader(output).Read(message);
    }

    /// <summary>Contents stay in the file until they are asked for.</summary>
    /// <exception cref="ParseRefusedException">It is no mail.</exception>
    public static MimeMessage Parse(Stream file)
    {
        try
        {
            return new MimeParser(MailLimits.Options, file, MimeFormat.Entity, persistent: true).ParseMessage();
        }
        catch (FormatException exception)
        {
            throw new ParseRefusedException("The file is damaged: it begins like a mail but has no readable headers. Save it again in its program and upload that.", exception);
        }
    }
}
