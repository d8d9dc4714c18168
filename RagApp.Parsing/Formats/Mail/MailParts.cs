using MimeKit;
using MimeKit.Tnef;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>Sorts the parts of a mail into text, attachments, and parts that are ignored.</summary>
/// <param name="depth">Number of signatures around the parts.</param>
internal sealed class MailParts(BlockWriter output, int depth = 0)
{
    private const string Signatures = "signatures";

    /// <summary>The parts that are the text of the mail, in reading order.</summary>
    public List<TextPart> Texts { get; } = [];

    /// <summary>Invitations, which are read with the text.</summary>
    public List<TextPart> Calendars { get; } = [];

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
            case TextPart text when !text.IsAttachment && text.ContentType.IsMimeType("text", "calendar"):
                Calendars.Add(text);
                break;
            case TextPart text when IsBody(text):
                Texts.Add(text);
                break;
            case MimePart file:
                AddFile(file);
                break;
            default:
                break; // no content
        }
    }

    /// <summary>
    /// Sorts alternative versions of the same text, plainest first: one version is read, and attachments of every version are
    /// kept.
    /// </summary>
    private void SortAlternative(MultipartAlternative alternative)
    {
        var versions = new List<TextPart>();
        foreach (var part in alternative)
        {
            var inside = new MailParts(output, depth);
            inside.Sort(part);
            versions.AddRange(inside.Texts);
            Take(inside);
        }
        if (MailText.Best(versions) is { } best)
            Texts.Add(best);
    }

    /// <summary>Sorts the text and attachments inside Outlook's container (winmail.dat).</summary>
    private void SortOutlook(TnefPart tnef)
    {
        var hasText = Texts.Count > 0;
        var inside = new MailParts(output, depth);
        try
        {
            inside.Sort(tnef.ConvertToMessage().Body);
        }
        catch (Exception exception) when (exception is TnefException or FormatException or ArgumentException or IOException)
        {
            output.Warn("An attachment in Outlook's own format (winmail.dat) is damaged and was left out.");
            return;
        }
        Take(inside);
        if (!hasText)
            Texts.AddRange(inside.Texts);
    }

    private void Take(MailParts inside)
    {
        Attachments.AddRange(inside.Attachments);
        Calendars.AddRange(inside.Calendars);
    }

    /// <summary>True when a text part belongs to the mail's text. A text part with a file name is an attachment once there is another text.</summary>
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
            AddSealed(file);
        else if (string.Equals(file.ContentType.MediaType, "multipart", StringComparison.OrdinalIgnoreCase))
            output.Warn($"What is nested deeper than {MailLimits.Depth} parts was left out.");
        else if (file.Content is { } content)
            Attachments.Add((NameOf(file), content.Stream?.Length ?? 0, content.Open));
    }

    /// <summary>Reads what a signature encloses; it is not encrypted.</summary>
    private void AddSealed(MimePart file)
    {
        const int DeepestSignature = 4;
        if (depth == DeepestSignature || SignedContent.Of(file) is not { } content)
        {
            output.Warn("The mail is encrypted (S/MIME): only what stands above it could be read.");
            return;
        }
        var inside = new MailParts(output, depth + 1);
        inside.Sort(content);
        Take(inside);
        Texts.AddRange(inside.Texts);
    }

    private static string NameOf(MimePart file) =>
        file.FileName is { Length: > 0 } name ? name : file.ContentType.MimeType switch
        {
            "text/calendar" => "invitation.ics", // one that is marked as an attachment
            "text/html" => "part.html",
            _ => "attachment",
        };
}
