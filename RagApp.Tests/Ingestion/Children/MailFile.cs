using System.Text;

namespace RagApp.Tests.Ingestion.Children;

/// <summary>Builds e-mails for tests, as they are transmitted.</summary>
internal static class MailFile
{
    public static byte[] With(string subject, string text, params (string Name, byte[] Content)[] attachments)
    {
        var mail = new StringBuilder($"""
            From: Ada Lovelace <ada@example.org>
            To: Charles Babbage <charles@example.org>
            Date: Thu, 29 Feb 2024 13:05:00 +0100
            Subject: {subject}
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="border"

            --border
            Content-Type: text/plain; charset=utf-8

            {text}

            """);
        foreach (var (name, content) in attachments)
        {
            mail.Append($"""
                --border
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="{name}"
                Content-Transfer-Encoding: base64

                {Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}

                """);
        }
        return Encoding.UTF8.GetBytes(mail.Append("--border--\n").ToString().ReplaceLineEndings("\r\n"));
    }

    public static byte[] With(string subject, string text, params (string Name, string Content)[] attachments) =>
        With(subject, text, [.. attachments.Select(attachment => (attachment.Name, Encoding.UTF8.GetBytes(attachment.Content)))]);
}
