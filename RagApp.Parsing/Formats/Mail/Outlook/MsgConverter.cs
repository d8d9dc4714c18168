using System.Text;
using MimeKit;
using RagApp.Parsing.Formats.CompoundFiles;

namespace RagApp.Parsing.Formats.Mail.Outlook;

/// <summary>
/// Converts an Outlook message to a MIME message, so that all mail is read in one way and an embedded message becomes a
/// file of its own. Attachments are read from the container only on request.
/// </summary>
internal sealed class MsgConverter(CompoundFile file, BlockWriter output)
{
    private const int TopHeaderBytes = 32;
    private const int InsideHeaderBytes = 24;
    private const int SmallHeaderBytes = 8;

    /// <summary>Largest depth of embedded messages; deeper ones are left out.</summary>
    private const int Deepest = 16;

    public MimeMessage Convert(CompoundEntry root) => Convert(root, TopHeaderBytes, depth: 0);

    private MimeMessage Convert(CompoundEntry storage, int headerBytes, int depth)
    {
        var properties = new MapiProperties(file, storage, headerBytes);
        var narrow = MsgEncoding.Of(properties);
        var message = new MimeMessage { Subject = properties.Text(MapiTag.Subject, narrow) ?? "" };
        message.From.Clear();
        if (Sender(properties, narrow) is { } sender)
            message.From.Add(sender);
        AddRecipients(message, storage, narrow);
        MsgDate.Set(message, properties, narrow);

        var parts = new Multipart("mixed");
        if (MsgBody.Of(properties, narrow) is { } body)
            parts.Add(body);
        foreach (var attachment in Children(storage, "__attach_version1.0_"))
        {
            if (Attachment(attachment, narrow, depth) is { } part)
                parts.Add(part);
        }
        message.Body = parts;
        return message;
    }

    private static IEnumerable<CompoundEntry> Children(CompoundEntry storage, string prefix) => storage.Children.Values
        .Where(child => child.IsStorage && child.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        .OrderBy(child => child.Name, StringComparer.OrdinalIgnoreCase);

    private static MailboxAddress? Sender(MapiProperties properties, Encoding narrow) => MsgAddress.Of(
        properties.Text(MapiTag.SenderName, narrow) ?? properties.Text(MapiTag.RepresentedName, narrow),
        properties.Text(MapiTag.SenderSmtpAddress, narrow) ?? properties.Text(MapiTag.SenderAddress, narrow) ?? properties.Text(MapiTag.RepresentedAddress, narrow));

    /// <summary>
    /// Adds the recipients, all of one kind in one call, because the list rewrites its header at every change and there may be
    /// thousands.
    /// </summary>
    private void AddRecipients(MimeMessage message, CompoundEntry storage, Encoding narrow)
    {
        var recipients = Children(storage, "__recip_version1.0_")
            .Select(recipient => new MapiProperties(file, recipient, SmallHeaderBytes))
            .Select(properties => (Kind: properties.Number(MapiTag.RecipientType), Address: MsgAddress.Of(
                properties.Text(MapiTag.DisplayName, narrow), properties.Text(MapiTag.SmtpAddress, narrow) ?? properties.Text(MapiTag.Address, narrow))))
            .ToLookup(recipient => recipient.Kind switch { 2 => message.Cc, 3 => message.Bcc, _ => message.To }, recipient => recipient.Address);
        foreach (var list in recipients)
            list.Key.AddRange(list.OfType<InternetAddress>());
    }

    private MimeEntity? Attachment(CompoundEntry storage, Encoding narrow, int depth)
    {
        var properties = new MapiProperties(file, storage, SmallHeaderBytes);
        var name = properties.Text(MapiTag.LongFileName, narrow) ?? properties.Text(MapiTag.ShortFileName, narrow) ?? properties.Text(MapiTag.DisplayName, narrow);
        if (properties.Open(MapiTag.AttachmentData) is { } content)
            return FilePart(content, name, properties.Text(MapiTag.AttachmentType, narrow));
        if (properties.Storage(MapiTag.AttachmentData) is not { } inside)
            return null;
        if (inside.Find(MsgFormat.Mark) is null)
            output.Warn($"'{name ?? "An attachment"}' was left out: it is an object of another program, drawn into the mail.");
        else if (depth == Deepest)
            output.Warn($"A message inside {Deepest} others was left out.");
        else
            return new MessagePart { Message = Convert(inside, InsideHeaderBytes, depth + 1) };
        return null;
    }

    private static MimePart FilePart(Stream content, string? name, string? mediaType)
    {
        var type = mediaType is not null && MimeKit.ContentType.TryParse(mediaType, out var parsed) ? parsed : new ContentType("application", "octet-stream");
        return new MimePart(type)
        {
            Content = new MimeContent(content),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = name ?? "attachment",
        };
    }
}
