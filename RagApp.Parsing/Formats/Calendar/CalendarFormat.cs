namespace RagApp.Parsing.Formats.Calendar;

/// <summary>iCalendar (RFC 5545): events and tasks as when, where and who.</summary>
internal sealed class CalendarFormat : IDocumentFormat
{
    public const string MediaType = "text/calendar";

    public string Name => "ics";

    public string Title => "calendars (.ics)";

    public string ContentType => MediaType;

    public string DocumentType => "mail";

    public IReadOnlyList<string> Extensions { get; } = [".ics", ".ical", ".ifb"];

    public bool Recognizes(FileSample sample) => sample.Text is { } text && text.AsSpan().TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase);

    public void Read(Stream file, BlockWriter output)
    {
        CalendarText.Read(TextDecoder.DecodeAll(file), output);
        if (output.Blocks is [{ Kind: BlockKind.Heading } only] || output.Blocks.Count(block => block.Kind == BlockKind.Heading) == 1)
            output.SetTitle(output.Blocks.First(block => block.Kind == BlockKind.Heading).Text);
    }
}
