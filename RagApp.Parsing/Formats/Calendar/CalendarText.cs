namespace RagApp.Parsing.Formats.Calendar;

/// <summary>
/// Reads the events and tasks of a calendar:
/// <code>
/// BEGIN:VEVENT
/// DTSTART;TZID=Europe/Oslo:20270318T133000        # Handover of the tugboat
/// SUMMARY:Handover of the tugboat            ->   Handover of the tugboat: 2027-03-18 13:30 (Europe/Oslo), Pier 9.
/// LOCATION:Pier 9
/// </code>
/// </summary>
internal static class CalendarText
{
    private const int MostAttendees = 100;

    public static void Read(string text, BlockWriter output)
    {
        Dictionary<string, CalendarLine>? entry = null;
        var (attendees, inner) = (new List<string>(), 0);
        foreach (var line in CalendarLine.Of(text))
        {
            switch (line.Name, line.Value.Trim().ToUpperInvariant())
            {
                case ("BEGIN", "VEVENT" or "VTODO" or "VJOURNAL"):
                    (entry, inner) = (new(StringComparer.Ordinal), 0);
                    attendees.Clear();
                    break;
                case ("BEGIN", _):
                    inner++; // an alarm inside the event, or a time zone
                    break;
                case ("END", "VEVENT" or "VTODO" or "VJOURNAL") when entry is not null:
                    Write(entry, attendees, output);
                    entry = null;
                    break;
                case ("END", _):
                    inner--;
                    break;
                case ("ATTENDEE", _) when inner == 0 && attendees.Count < MostAttendees:
                    attendees.Add(Person(line));
                    break;
                default:
                    if (inner == 0)
                        entry?.TryAdd(line.Name, line);
                    break;
            }
        }
    }

    private static void Write(Dictionary<string, CalendarLine> entry, List<string> attendees, BlockWriter output)
    {
        var summary = Text("SUMMARY") is { Length: > 0 } named ? named : "Event";
        var time = CalendarTime.Of(entry.GetValueOrDefault("DTSTART") ?? entry.GetValueOrDefault("DUE"), entry.GetValueOrDefault("DTEND"));
        string[] facts = [time, CleanText.OneLine(Text("LOCATION")), Text("RRULE") is { Length: > 0 } rule ? $"repeated ({rule})" : "", Text("STATUS") is "CANCELLED" ? "cancelled" : ""];
        output.Heading(1, summary);
        output.Paragraph($"{summary}: {string.Join(", ", facts.Where(fact => fact.Length > 0))}.");
        if (entry.GetValueOrDefault("ORGANIZER") is { } organizer)
            output.Paragraph($"Organizer: {Person(organizer)}");
        if (attendees.Count > 0)
            output.Paragraph($"Attendees: {string.Join("; ", attendees)}");
        output.Paragraph(Text("DESCRIPTION"));

        string Text(string name) => entry.GetValueOrDefault(name)?.Text ?? "";
    }

    private static string Person(CalendarLine line)
    {
        var address = line.Value.Trim();
        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            address = address["mailto:".Length..];
        return line.Parameters.GetValueOrDefault("CN") is { Length: > 0 } name && name != address ? $"{name} <{address}>" : address;
    }
}
