using System.Globalization;

namespace RagApp.Parsing.Formats.Calendar;

/// <summary>Writes when an event takes place: <c>2027-03-18 13:30 to 15:00 (Europe/Oslo)</c>.</summary>
internal static class CalendarTime
{
    private static readonly string[] Formats = ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'", "yyyyMMdd'T'HHmm", "yyyyMMdd"];

    /// <summary>The time from start to end; empty when neither can be read.</summary>
    public static string Of(CalendarLine? start, CalendarLine? end)
    {
        if (Parse(start) is not { } from)
            return start?.Value ?? "";
        var isDay = !start!.Value.Contains('T', StringComparison.Ordinal);
        var until = Parse(end) is { } to ? isDay ? to.AddDays(-1) : to : from; // the end of whole days is the day after the last one
        var zone = isDay ? "" : start.Value.EndsWith('Z') ? " (UTC)" : start.Parameters.GetValueOrDefault("TZID") is { Length: > 0 } name ? $" ({name})" : "";
        return Format(from, isDay) + (until <= from ? "" : " to " + (until.Date == from.Date ? until.ToString("HH:mm", CultureInfo.InvariantCulture) : Format(until, isDay))) + zone;
    }

    private static string Format(DateTime time, bool isDay) => time.ToString(isDay ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTime? Parse(CalendarLine? line) =>
        line is not null && DateTime.TryParseExact(line.Value.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
