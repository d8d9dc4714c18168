namespace RagApp.Text.Sentences;

/// <summary>Splits a text into lines, or into blocks of lines that were wrapped or otherwise belong together.</summary>
internal static class TextLines
{
    /// <summary>Least length of a wrapped line, in characters; after a shorter line a new block begins.</summary>
    private const int WrappedLineLength = 40;

    /// <summary>Returns every line, with its line break.</summary>
    public static IEnumerable<(int Start, int End)> Of(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            yield return (start, end);
            start = end;
        }
    }

    /// <summary>
    /// Returns the blocks. A block ends at blank lines, around headings, list items and table rows, and
    /// after a line that was not wrapped.
    /// </summary>
    public static IEnumerable<(int Start, int End)> Blocks(string text)
    {
        var blockStart = 0;
        var previous = ReadOnlyMemory<char>.Empty;
        foreach (var (start, end) in Of(text))
        {
            var line = text.AsMemory(start, end - start).Trim();
            if (start > blockStart && !Continues(previous.Span, line.Span))
            {
                yield return (blockStart, start);
                blockStart = start;
            }
            previous = line;
        }
        if (blockStart < text.Length)
            yield return (blockStart, text.Length);
    }

    private static bool Continues(ReadOnlySpan<char> previous, ReadOnlySpan<char> line)
    {
        if (previous.IsEmpty || line.IsEmpty || IsOnItsOwn(line) || TableHeader.IsRow(previous) || previous[0] == '#')
            return false;
        return char.IsLower(line[0]) || (previous.Length >= WrappedLineLength && !SentenceMarks.Ends.Contains(previous[^1]) && previous[^1] != ':');
    }

    private static bool IsOnItsOwn(ReadOnlySpan<char> line) => line[0] == '#' || TableHeader.IsRow(line) || ListItem.IsOne(line);
}
