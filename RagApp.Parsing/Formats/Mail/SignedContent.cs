using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using MimeKit;

namespace RagApp.Parsing.Formats.Mail;

/// <summary>Opens the content of a mail that is signed as a whole (S/MIME, <c>smime-type=signed-data</c>). The signature is not checked: the text is read as that of any mail.</summary>
internal static class SignedContent
{
    /// <summary>The enclosed part; null when it is encrypted or damaged.</summary>
    public static MimeEntity? Of(MimePart part)
    {
        try
        {
            using var sealedBytes = new MemoryStream();
            part.Content?.DecodeTo(sealedBytes);
            var signed = new SignedCms();
            signed.Decode(sealedBytes.ToArray());
            return signed.ContentInfo.Content is { Length: > 0 } content ? MimeEntity.Load(MailLimits.Options, new MemoryStream(content)) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
