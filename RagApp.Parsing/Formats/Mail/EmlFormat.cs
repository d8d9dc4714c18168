using MimeKit;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>A single mail in MIME format. Its attachments become documents.</summary>
internal sealed class EmlFormat : IDocumentFormat
{
    public const string MediaType = "message/rfc822";

    public string Name => "eml";

    public string Title => MailReader.Title;

    public string ContentType => MediaType;

    public string DocumentType => "mail";

    public IReadOnlyList<string> Extensions { get; } = [".eml", ".mht", ".mhtml"];

    public bool Recognizes(FileSample sample) => sample.Text is { } text && MailSigns.AreIn(text, sample.Extension);

    public void Read(Stream file, BlockWriter output)
    {
        using var message = Parse(file);
        new MailReader(output).Read(message);
    }

    /// <summary>Parses a mail; contents of parts are read from the file only on request.</summary>
    /// <exception cref="ParseRefusedException">The file is not a mail.</exception>
    public static MimeMessage Parse(Stream file)
    {
        RawHeaders.SkipToFirst(file);
        try
        {
            return new MimeParser(RawHeaders.OptionsFor(file), file, MimeFormat.Entity, persistent: true).ParseMessage();
        }
        catch (FormatException exception)
        {
            throw new ParseRefusedException("The file is damaged: it begins like a mail but has no readable headers. Save it again in its program and upload that.", exception);
        }
    }
}
