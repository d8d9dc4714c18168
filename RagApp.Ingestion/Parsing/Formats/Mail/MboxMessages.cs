namespace RagApp.Ingestion.Parsing.Formats.Mail;

/// <summary>
/// Finds the mails in an mbox file by its separator lines, which follow an empty line:
/// <code>From ada@example.org Thu Feb 29 13:05:00 2024</code>
/// One pass over the file in pieces, whatever its size.
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

    /// <summary>Where each separator begins, and where the line after it does.</summary>
    private static IEnumerable<(long Line, long Next)> FindSeparators(Stream file)
    {
        var piece = new byte[PieceBytes];
        var state = new LineState();
        for (long at = 0; ;)
        {
            file.Position = at; // the mails are read in between
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

    /// <summary>Looks at one byte after the other.</summary>
    private sealed class LineState
    {
        private long _lineStart;
        private int _matched;
        private bool _separates;
        private bool _empty = true;
        private bool _afterEmpty = true;

        /// <summary>The separator that ended with this byte.</summary>
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
