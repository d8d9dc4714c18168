namespace RagApp.Dlp.Text;

/// <summary>
/// Finds the column name for a position in a table: names stand once, in the first row or alone in the line above, far
/// from the last row. A row is a line with bars between its cells.
/// <code>
/// name | card
/// Anna | 4111 | 1111 | 1111 | 1111
/// </code>
/// Positions must be asked for from left to right; the text is then read once.
/// </summary>
internal ref struct ColumnNames(ReadOnlySpan<char> text)
{
    private const char Border = '|';
    private const int None = -1;
    private const int LongestHead = 1_000;
    private const int LongestAbove = 24;

    private readonly ReadOnlySpan<char> _text = text;

    private int _line;
    private int _end = EndOfLine(text, 0);

    /// <summary>The start of the first row of the current line's table.</summary>
    private int _head = text[..EndOfLine(text, 0)].Contains(Border) ? 0 : None;

    private ReadOnlySpan<char> _above;
    private int _counted;
    private int _column;

    /// <summary>
    /// The name of the column at the position. Empty outside a table, when the table has no names, and when the next
    /// column has a name of its own, so that the value is not split over columns.
    /// </summary>
    public ReadOnlySpan<char> At(int at)
    {
        while (at > _end)
            NextLine();
        if (_head == None)
            return [];
        _column += _text[_counted..at].Count(Border);
        _counted = at;
        var head = _head == _line ? [] : _text.Slice(_head, Math.Min(LongestHead, EndOfLine(_text, _head) - _head));
        var name = TakeCell(ref head, _column);
        return !HasLetter(name) ? _above : PartName.Is(TakeCell(ref head, 0)) ? name : [];
    }

    private void NextLine()
    {
        var line = _text[_line.._end];
        (_line, _counted, _column) = (_end + 1, _end + 1, 0);
        _end = EndOfLine(_text, _line);
        if (!_text[_line.._end].Contains(Border))
            _head = None;
        else if (_head == None)
        {
            _head = _line;
            _above = line.Length <= LongestAbove ? line : [];
        }
    }

    /// <summary>Returns the cell after <paramref name="before"/> other cells; <paramref name="row"/> then begins behind it.</summary>
    private static ReadOnlySpan<char> TakeCell(scoped ref ReadOnlySpan<char> row, int before)
    {
        for (; ; before--)
        {
            var end = row.IndexOf(Border);
            var cell = end < 0 ? row : row[..end];
            row = end < 0 ? [] : row[(end + 1)..];
            if (before == 0 || row.IsEmpty)
                return before == 0 ? cell : [];
        }
    }

    private static bool HasLetter(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (char.IsLetter(c))
                return true;
        }
        return false;
    }

    private static int EndOfLine(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOf('\n');
        return length < 0 ? text.Length : start + length;
    }
}
