using MimeKit;
using MimeKit.Tnef;

namespace RagApp.Ingestion.Parsing.Formats.Mail;

/// <summary>Sorts the parts of a mail into its text, what is attached, and what nobody reads.</summary>
internal sealed class MailParts(BlockWriter output)
{
    private const string Signatures = "signatures";

    /// <summary>What is to be read as the mail itself, in reading order.</summary>
    public List<TextPart> Texts { get; } = [];

    public List<(string Name, long Size, Func<Stream> Open)> Attachments { get; } = [];

    public void Sort(MimeEntity? part)
    {
        switch (part)
        {
            case MultipartAlternative alternative:
                SortAlternative(alternative);
                break;
            case Multipart multipart when multipart.ContentType.IsMimeType("multipart", "encrypted"):
                output.Warn("The mail is encrypted: only what stands above it could be read.");
                break;
            case Multipart multipart:
                foreach (var child in multipart)
                    Sort(child);
                break;
            case MessagePart { Message: { } message }:
                AddMessage(message);
                break;
            case TnefPart tnef:
                SortOutlook(tnef);
                break;
            case TextPart text when IsBody(text):
                Texts.Add(text);
                break;
            case MimePart file:
                AddFile(file);
                break;
            default:
                break; // nothing inside
        }
    }

    /// <summary>The same text several times over, the plainest first: one is read, and what comes with one of them is kept.</summary>
    private void SortAlternative(MultipartAlternative alternative)
    {
        var versions = new List<TextPart>();
        foreach (var part in alternative)
        {
            var inside = new MailParts(output);
            inside.Sort(part);
            versions.AddRange(inside.Texts);
            Attachments.AddRange(inside.Attachments);
        }
        if (MailText.Best(versions) is { } best)
            Texts.Add(best);
    }

    /// <summary>Outlook's own wrapping (winmail.dat) of text and attachments.</summary>
    private void SortOutlook(TnefPart tnef)
    {
        var hasText = Texts.Count > 0;
        var inside = new MailParts(output);
        try
        {
            inside.Sort(tnef.ConvertToMessage().Body);
        }
        catch (Exception exception) when (exception is TnefException or FormatException or ArgumentException or IOException)
        {
            output.Warn("An attachment in Outlook's own format (winmail.dat) is damaged and was left out.");
            return;
        }
        Attachments.AddRange(inside.Attachments);
        if (!hasText)
            Texts.AddRange(inside.Texts);
    }

    /// <summary>A text with a file's name was sent as a file, once there is a text to go with it.</summary>
    private bool IsBody(TextPart text) =>
        !text.IsAttachment && (text.IsPlain || text.IsHtml || text.IsRichText || MailText.IsRtf(text))
        && (Texts.Count == 0 || text.FileName is null);

    private void AddMessage(MimeMessage message)
    {
        var bytes = new Lazy<byte[]>(() => ToBytes(message));
        var subject = CleanText.OneLine(message.Subject) is { Length: > 0 } found ? found : "message";
        Attachments.Add(($"{subject.Replace('/', '-').Replace('\\', '-')}.eml", bytes.Value.Length, () => new MemoryStream(bytes.Value)));
    }

    private static byte[] ToBytes(MimeMessage message)
    {
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return bytes.ToArray();
    }

    private void AddFile(MimePart file)
    {
        if (file.ContentType.IsMimeType("application", "pgp-signature") || file.ContentType.IsMimeType("application", "pkcs7-signature") || file.ContentType.IsMimeType("application", "x-pkcs7-signature"))
            output.LeaveOutMember(Signatures);
        else if (file.ContentType.IsMimeType("application", "pkcs7-mime") || file.ContentType.IsMimeType("application", "x-pkcs7-mime"))
            output.Warn("The mail is encrypted or sealed (S/MIME): only what stands above it could be read.");
        else if (string.Equals(file.ContentType.MediaType, "multipart", StringComparison.OrdinalIgnoreCase))
            output.Warn($"What is nested deeper than {MailLimits.Depth} parts was left out.");
        else if (file.Content is { } content)
            Attachments.Add((NameOf(file), content.Stream?.Length ?? 0, content.Open));
    }

    private static string NameOf(MimePart file) =>
        file.FileName is { Length: > 0 } name ? name : file.ContentType.MimeType switch
        {
            "text/calendar" => "invitation.ics",
            "text/html" => "part.html",
            _ => "attachment",
        };
}
