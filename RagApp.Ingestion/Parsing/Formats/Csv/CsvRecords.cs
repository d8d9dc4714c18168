using System.Text;

namespace RagApp.Ingestion.Parsing.Formats.Csv;

/// <summary>
/// Reads delimited text as it is found and not as RFC 4180 wants it, without losing anything: rows may have
/// fewer or more fields than others, and a quote that is never closed is a character like any other. (CsvHelper
/// takes the rest of such a file for one field.)
/// </summary>
internal sealed class CsvRecords(string text, char delimiter, int start)
{
    /// <summary>A quoted field that goes on for longer was not meant to be one.</summary>
    private const int LongestQuoted = 100_000;

    private int _at = start;

    public IEnumerable<List<string>> Read()
    {
        while (_at < text.Length)
            yield return ReadRecord();
    }

    private List<string> ReadRecord()
    {
        var fields = new List<string>();
        while (true)
        {
            fields.Add(ReadField());
            if (_at >= text.Length)
                return fields;
            if (text[_at++] == '\n')
                return fields;
        }
    }

    /// <summary>Stops at the delimiter or line break after the field.</summary>
    private string ReadField()
    {
        while (_at < text.Length && text[_at] == ' ' && delimiter != ' ')
            _at++;
        if (_at < text.Length && text[_at] == '"' && EndOfQuoted() is { } end)
            return ReadQuoted(end);
        var from = _at;
        _at = EndOfPlain(from);
        return text[from.._at];
    }

    private string ReadQuoted(int end)
    {
        var field = new StringBuilder(text, _at + 1, end - _at - 1, end - _at).Replace("\"\"", "\"");
        var rest = end + 1;
        _at = EndOfPlain(rest); // what stands between a closing quote and the delimiter belongs to the field
        return field.Append(text, rest, _at - rest).ToString();
    }

    /// <summary>The quote that closes the one at the current place, or null.</summary>
    private int? EndOfQuoted()
    {
        var last = Math.Min(text.Length, _at + LongestQuoted);
        for (var i = _at + 1; i < last; i++)
        {
            if (text[i] != '"')
                continue;
            if (i + 1 < text.Length && text[i + 1] == '"')
                i++;
            else
                return i;
        }
        return null;
    }

    private int EndOfPlain(int from)
    {
        var length = text.AsSpan(from).IndexOfAny(delimiter, '\n');
        return length < 0 ? text.Length : from + length;
    }
}
