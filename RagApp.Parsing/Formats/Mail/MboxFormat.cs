using MimeKit;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>
/// A mailbox: many mails in one file. Each mail becomes a document, so that a search finds the single mail with its
/// sender, date and attachments. A mailbox with a single mail is read as that mail.
/// </summary>
internal sealed class MboxFormat : IDocumentFormat
{
    public const string MediaType = "application/mbox";

    public string Name => "mbox";

    public string Title => MailReader.Title;

    public string ContentType => MediaType;

    public string DocumentType => "mail";

    public IReadOnlyList<string> Extensions { get; } = [".mbox"];

    public bool Recognizes(FileSample sample) => sample.Text is { } text && MailSigns.BeginMailbox(text);

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
            using var headers = mail.Again();
            RawHeaders.SkipToFirst(headers);
            var subject = CleanText.OneLine(HeaderList.Load(RawHeaders.OptionsFor(headers), headers)[HeaderId.Subject]);
            return subject.Length > 0 ? subject.Replace('/', '-').Replace('\\', '-') : "mail without subject";
        }
        catch (FormatException)
        {
            return "mail without subject";
        }
    }
}
