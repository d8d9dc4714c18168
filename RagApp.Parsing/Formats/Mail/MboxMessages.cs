namespace RagApp.Parsing.Formats.Mail;

/// <summary>
/// Finds the mails in an mbox file by its separator lines, which follow an empty line:
/// <code>From ada@example.org Thu Feb 29 13:05:00 2024</code>
/// Reads the file once, in pieces.
/// </summary>
internal static class MboxMessages
{
    private const int PieceBytes = 64 * 1024;

    private static ReadOnlySpan<byte> Separator => "From "u8;

    public static IEnumerable<FileSlice> Find(Stream file)
    {
        long? start = null;
        foreach (var (line, next) in FindSeparators(file))
        {
            if (start is { } begin)
                yield return new FileSlice(file, begin, line - begin);
            start = next;
        }
        if (start is { } last && last < file.Length)
            yield return new FileSlice(file, last, file.Length - last);
    }

    /// <summary>The start of each separator line, and the start of the line after it.</summary>
    private static IEnumerable<(long Line, long Next)> FindSeparators(Stream file)
    {
        var piece = new byte[PieceBytes];
        var state = new LineState();
        for (long at = 0; ;)
        {
            file.Position = at; // reading a mail moves the position
            var length = file.Read(piece);
            if (length == 0)
                yield break;
            for (var i = 0; i < length; i++)
            {
                if (state.Take(piece[i], at + i) is { } found)
                    yield return found;
            }
            at += length;
        }
    }

    /// <summary>Recognizes separator lines byte by byte.</summary>
    private sealed class LineState
    {
        private long _lineStart;
        private int _matched;
        private bool _separates;
        private bool _empty = true;
        private bool _afterEmpty = true;

        /// <summary>Takes the next byte; returns the separator line that it ends, or null.</summary>
        public (long Line, long Next)? Take(byte value, long at)
        {
            if (value == (byte)'\n')
                return EndLine(at + 1);
            if (value != (byte)'\r')
                _empty = false;
            var column = at - _lineStart;
            if (column < Separator.Length)
            {
                _matched += value == Separator[(int)column] ? 1 : 0;
                _separates = _afterEmpty && _matched == Separator.Length;
            }
            return null;
        }

        private (long, long)? EndLine(long next)
        {
            (long, long)? found = _separates ? (_lineStart, next) : null;
            _afterEmpty = _empty;
            (_lineStart, _matched, _separates, _empty) = (next, 0, false, true);
            return found;
        }
    }
}
