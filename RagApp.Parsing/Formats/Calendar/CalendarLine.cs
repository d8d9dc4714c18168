namespace RagApp.Parsing.Formats.Calendar;

/// <summary>A line of iCalendar: <c>ATTENDEE;CN="Holm, Jon":mailto:jon@example.org</c>.</summary>
internal sealed record CalendarLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>The lines of a text; a long line goes on in lines that begin with a space or a tab.</summary>
    public static IEnumerable<CalendarLine> Of(string text)
    {
        var line = new System.Text.StringBuilder();
        foreach (var part in text.Split('\n'))
        {
            if (part is [' ' or '\t', ..])
            {
                line.Append(part, 1, part.Length - 1);
                continue;
            }
            if (Parse(line.ToString()) is { } parsed)
                yield return parsed;
            line.Clear().Append(part);
        }
        if (Parse(line.ToString()) is { } last)
            yield return last;
    }

    /// <summary>The value as text, without its escapes.</summary>
    public string Text => Value.Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal)
        .Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Trim();

    private static CalendarLine? Parse(string line)
    {
        var pieces = new List<string>();
        var (start, quoted) = (0, false);
        for (var at = 0; at < line.Length; at++)
        {
            quoted ^= line[at] == '"';
            if (quoted || line[at] is not (';' or ':'))
                continue;
            pieces.Add(line[start..at]);
            start = at + 1;
            if (line[at] == ':')
                return new CalendarLine(pieces[0].Trim().ToUpperInvariant(), ParametersOf(pieces), line[start..]);
        }
        return null;
    }

    private static Dictionary<string, string> ParametersOf(List<string> pieces)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in pieces.Skip(1))
        {
            if (piece.Split('=', 2) is [var name, var value])
                parameters[name.Trim()] = value.Trim('"');
        }
        return parameters;
    }
}
