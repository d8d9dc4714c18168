using System.Globalization;
using System.Text;
using RagApp.Contracts.Reading;
using RagApp.Text;

namespace RagApp.Gateway.Answers.Reading;

/// <summary>
/// The text of a passage as the reader is given it: each cell of a table's row has the name of its column in front, so that the row can be understood alone.
/// <code>
/// 2015 | 2016                        2015 | 2016
/// Fulfillment | 13,410 | 17,619  ->  Fulfillment | 2015: 13,410 | 2016: 17,619
/// </code>
/// </summary>
internal sealed class ReadableText
{
    private readonly StringBuilder _text = new();

    /// <summary>Runs of characters that both texts have: the position in this text, in the passage's, and the length.</summary>
    private readonly List<(int Here, int There, int Length)> _common = [];

    private ReadableText()
    {
    }

    public string Text => _text.ToString();

    public static ReadableText Of(string passage)
    {
        var readable = new ReadableText();
        var lines = Lines(passage);
        for (var start = 0; start < lines.Count;)
        {
            var end = start;
            while (end < lines.Count && IsRow(passage, lines[end]))
                end++;
            if (end == start)
                readable.Copy(passage, lines[start].Start, lines[start++].End);
            else
                readable.AddTable(passage, lines[start..(start = end)]);
        }
        return readable;
    }

    /// <summary>The place in the passage's text of a span of this text.</summary>
    public ReadSpan ToPassage(ReadSpan span) => span.IsInContext ? span : span with
    {
        Start = ToPassage(span.Start, isEnd: false),
        End = Math.Max(ToPassage(span.End, isEnd: true), ToPassage(span.Start, isEnd: false)),
    };

    private int ToPassage(int position, bool isEnd)
    {
        // A position in a name belongs to the cell behind it when it begins a span, else to the text before it.
        var (here, there, length) = isEnd ? _common.LastOrDefault(run => run.Here < position) : _common.FirstOrDefault(run => run.Here + run.Length > position);
        return there + Math.Clamp(position - here, 0, length);
    }

    private void AddTable(string passage, List<(int Start, int End)> lines)
    {
        var rows = lines.ConvertAll(line => passage[line.Start..line.End].Trim());
        var read = TableHeader.Read(rows);
        for (var at = 0; at < rows.Count; at++)
        {
            var names = read[at].Header.Select(row => TableCells.Of(rows[row])).LastOrDefault(cells => cells.Length > 1) ?? [];
            AddRow(passage, lines[at], names);
        }
    }

    private void AddRow(string passage, (int Start, int End) line, string[] names)
    {
        var cells = CellsIn(passage, line);
        // The first column often has no name.
        var shift = cells.Count - names.Length;
        var at = line.Start;
        for (var i = 0; i < cells.Count && names.Length > 0 && shift is 0 or 1; i++)
        {
            if (i < shift || passage[cells[i].Start..cells[i].End] is var cell && (!TableCells.IsValue(cell) || SaysName(cell, names[i - shift])))
                continue;
            Copy(passage, at, cells[i].Start);
            _text.Append(CultureInfo.InvariantCulture, $"{names[i - shift]}: ");
            at = cells[i].Start;
        }
        Copy(passage, at, line.End);
    }

    /// <summary>True when a cell has its column's name in front, as in <c>2024: 95</c>.</summary>
    private static bool SaysName(string cell, string name) => cell.StartsWith($"{name}: ", StringComparison.Ordinal);

    /// <summary>The cells of a row; a currency or bracket in a cell of its own belongs to the number behind it.</summary>
    private static List<(int Start, int End)> CellsIn(string passage, (int Start, int End) line)
    {
        var cells = new List<(int Start, int End)>();
        for (var start = line.Start; start < line.End;)
        {
            var length = passage.AsSpan(start, line.End - start).IndexOfAny('|', '\t');
            var end = length < 0 ? line.End : start + length;
            var cell = passage.AsSpan(start, end - start);
            if (!cell.IsWhiteSpace())
            {
                var (from, to) = (start + (cell.Length - cell.TrimStart().Length), end - (cell.Length - cell.TrimEnd().Length));
                var isMark = to - from <= 2 && !passage.AsSpan(from, to - from).ContainsAnyInRange('0', '9') && !char.IsLetter(passage[from]) && passage[from] is not ('-' or '—' or '–');
                if (!isMark)
                    cells.Add((from, to));
            }
            start = end + 1;
        }
        return cells;
    }

    private void Copy(string passage, int start, int end)
    {
        if (end > start)
            _common.Add((_text.Length, start, end - start));
        _text.Append(passage, start, end - start);
    }

    /// <summary>The lines of a text, each with its line break.</summary>
    private static List<(int Start, int End)> Lines(string text)
    {
        var lines = new List<(int Start, int End)>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add((start, end));
            start = end;
        }
        return lines;
    }

    private static bool IsRow(string text, (int Start, int End) line) =>
        text.AsSpan(line.Start, line.End - line.Start).Trim() is { IsEmpty: false } row && (TableHeader.IsRow(row) || TableCells.IsName(row.ToString()));
}
