using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace RagApp.Parsing.Formats.Mail.Outlook;

/// <summary>
/// Sets the date of a message: from the transport headers, which have the sender's time zone, or from Outlook's own property in
/// UTC.
/// </summary>
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
