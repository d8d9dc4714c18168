using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace RagApp.Ingestion.Parsing.Formats.Mail.Outlook;

/// <summary>When a message was sent: the headers it travelled with know the sender's time zone, Outlook's own times are in UTC.</summary>
internal static class MsgDate
{
    public static void Set(MimeMessage message, MapiProperties properties, Encoding narrow)
    {
        var date = FromHeaders(properties.Text(MapiTag.TransportHeaders, narrow))
            ?? properties.Moment(MapiTag.SubmitTime) ?? properties.Moment(MapiTag.DeliveryTime) ?? properties.Moment(MapiTag.CreationTime);
        if (date is { } known)
            message.Date = known;
        else
            message.Headers.Remove(HeaderId.Date);
    }

    private static DateTimeOffset? FromHeaders(string? headers)
    {
        var line = headers?.Split('\n').FirstOrDefault(header => header.StartsWith("Date:", StringComparison.OrdinalIgnoreCase));
        return line is not null && DateUtils.TryParse(line["Date:".Length..].Trim(), out var date) ? date : null;
    }
}
