using MimeKit;

namespace RagApp.Ingestion.Parsing.Formats.Mail;

/// <summary>
/// A folder of mails in one file. Each becomes a document: who searches mail wants the one mail, with its sender,
/// its date and what was attached to it. A file with a single mail is that mail.
/// </summary>
internal sealed class MboxFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Mbox;

    public void Read(Stream file, BlockWriter output)
    {
        using var messages = MboxMessages.Find(file).GetEnumerator();
        if (!messages.MoveNext())
            throw new ParseRefusedException("The file begins like a mail folder but holds no mail.");
        var first = messages.Current;
        if (!messages.MoveNext())
        {
            ReadOne(first, output);
            return;
        }
        Add(first, output);
        do
            Add(messages.Current, output);
        while (messages.MoveNext());
    }

    private static void ReadOne(Stream mail, BlockWriter output)
    {
        using var message = EmlFormat.Parse(mail);
        new MailReader(output).Read(message);
    }

    private static void Add(FileSlice mail, BlockWriter output) => output.Member($"{SubjectOf(mail)}.eml", mail.Length, mail.Again);

    private static string SubjectOf(FileSlice mail)
    {
        try
        {
            var subject = CleanText.OneLine(HeaderList.Load(MailLimits.Options, mail.Again())[HeaderId.Subject]);
            return subject.Length > 0 ? subject.Replace('/', '-').Replace('\\', '-') : "mail without subject";
        }
        catch (FormatException)
        {
            return "mail without subject";
        }
    }
}
