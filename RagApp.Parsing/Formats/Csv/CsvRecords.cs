using System.Text;

namespace RagApp.Parsing.Formats.Csv;

/// <summary>
/// Reads delimited text, also where it breaks RFC 4180, without losing anything: rows may have different numbers of
/// fields, and a quote that is never closed is an ordinary character. (CsvHelper reads the rest of such a file as one
/// field.)
/// </summary>
internal sealed class CsvRecords(string text, char delimiter, int start)
{
    /// <summary>Largest number of characters in a quoted field; a longer one is taken for an unclosed quote.</summary>
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

    /// <summary>Reads a field and stops at the delimiter or line break after it.</summary>
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
        _at = EndOfPlain(rest); // text between a closing quote and the delimiter belongs to the field
        return field.Append(text, rest, _at - rest).ToString();
    }

    /// <summary>Position of the quote that closes the one at the current position, or null.</summary>
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
