using System.Text;
using RagApp.Dlp.Text;

namespace RagApp.Dlp.Streams;

/// <summary>
/// Replaces confidential data in a text that arrives in pieces. What is passed on is the same however the text is split: a piece is held back as long as a
/// detector could be in the middle of something (<see cref="IDetector.OpenFrom"/>). For each piece only the text that is held back is read again, with as much
/// of the text before it as the detectors look back at.
/// </summary>
public sealed class TextInTheMaking(IReplacement replacement)
{
    /// <summary>Length of text before a finding that detectors look back at: words that tell what a number is.</summary>
    private const int LookBack = 80;

    /// <summary>Longest search for a place where the text before can be cut off.</summary>
    private const int LongestContext = 4_000;

    /// <summary>Longest table whose column names are remembered.</summary>
    private const int LongestTable = 64_000;

    /// <summary>Longest first cell of a row: a longer beginning of a line without a border is no row, and a longer line names no column.</summary>
    private const int LongestFirstCell = 120;

    /// <summary>No finding is longer, so that no more than this is held back.</summary>
    private const int LongestHeld = 256_000;

    /// <summary>Length from which what is held back is read again only after it has grown by an eighth.</summary>
    private const int LongHeld = 4_000;

    private const char LineEnd = '\n';
    private const char Border = '|';

    private readonly StringBuilder _window = new();

    /// <summary>Part of the window that was passed on before and is kept as context.</summary>
    private int _context;

    private int _unread;

    /// <summary>Number of characters of the text that were passed on, or replaced.</summary>
    public long Released { get; private set; }

    /// <summary>Replaces what is found in a whole text.</summary>
    public static string Whole(string text, IReplacement replacement)
    {
        if (text.Length == 0 || replacement.Detectors.Count == 0)
            return text;
        var making = new TextInTheMaking(replacement);
        making._window.Append(text);
        return making.Finish();
    }

    /// <summary>Takes the next piece, and returns what may be passed on.</summary>
    public string Add(string piece)
    {
        if (replacement.Detectors.Count == 0)
        {
            Released += piece.Length;
            return piece;
        }
        _window.Append(piece);
        _unread += piece.Length;
        var held = _window.Length - _context;
        if (held == 0 || (held > LongHeld && _unread < held / 8))
            return "";
        _unread = 0;
        var text = _window.ToString();
        var scanned = new ScannedText([text]);
        var folded = scanned.Folded[..^1];
        return Release(text, scanned, folded, ClosedUpTo(folded));
    }

    /// <summary>Returns the rest, since the text has ended.</summary>
    public string Finish()
    {
        if (_window.Length == _context)
            return "";
        var text = _window.ToString();
        var scanned = new ScannedText([text]);
        return Release(text, scanned, scanned.Folded, scanned.Folded.Length);
    }

    /// <summary>The position up to which no detector is in the middle of something. The last character is always held back, since many look at the next one.</summary>
    private int ClosedUpTo(ReadOnlySpan<char> folded)
    {
        var closed = folded.Length - 1;
        foreach (var detector in replacement.Detectors)
            closed = Math.Min(closed, detector.OpenFrom(folded));
        return Math.Max(closed, folded.Length - LongestHeld);
    }

    private string Release(string text, ScannedText scanned, ReadOnlySpan<char> folded, int closed)
    {
        var isEnd = closed == folded.Length;
        if (!isEnd && (closed <= 0 || scanned.PositionOf(closed) <= _context))
            return "";
        var findings = Find(scanned.Folded);
        findings.RemoveAll(finding => scanned.PositionOf(finding.Span.Start) < _context && scanned.PositionOf(finding.Span.End) > _context); // what begins before was decided before
        if (!isEnd)
            closed = WithoutBroken(findings, closed);
        if (closed > 0 && closed < folded.Length && char.IsLowSurrogate(folded[closed]))
            closed--; // a pair of characters stays together
        var end = isEnd ? text.Length : scanned.PositionOf(closed);
        if (end <= _context)
            return "";
        var released = Rewrite(text, scanned, findings, end);
        Released += end - _context;
        var kept = isEnd ? end : scanned.PositionOf(ContextOf(folded, closed, findings));
        _window.Remove(0, kept);
        _context = end - kept;
        return released;
    }

    private List<Finding> Find(ReadOnlySpan<char> folded)
    {
        var findings = new List<Finding>();
        var spans = new List<TextSpan>();
        foreach (var detector in replacement.Detectors)
        {
            spans.Clear();
            detector.Find(folded, spans, CancellationToken.None);
            foreach (var span in spans)
                findings.Add(new Finding(detector.Name, span));
        }
        findings.Sort((one, other) => one.Span.Start != other.Span.Start ? one.Span.Start - other.Span.Start : other.Span.End - one.Span.End);
        return findings;
    }

    /// <summary>Moves an end to the start of the findings that it would break.</summary>
    private static int WithoutBroken(List<Finding> findings, int closed)
    {
        for (var at = findings.Count - 1; at >= 0; at--)
        {
            if (findings[at].Span.Start < closed && findings[at].Span.End >= closed)
            {
                closed = findings[at].Span.Start;
                at = findings.Count;
            }
        }
        return closed;
    }

    private string Rewrite(string text, ScannedText scanned, List<Finding> findings, int end)
    {
        StringBuilder? rewritten = null;
        var from = _context;
        for (var at = 0; at < findings.Count;)
        {
            var decisive = findings[at];
            var until = decisive.Span.End;
            var start = scanned.PositionOf(decisive.Span.Start);
            for (at++; at < findings.Count && findings[at].Span.Start < until; at++)
            {
                until = Math.Max(until, findings[at].Span.End);
                if (replacement.RankOf(findings[at].Detector) > replacement.RankOf(decisive.Detector))
                    decisive = findings[at];
            }
            if (start < _context || start >= end
                || replacement.Replace(decisive.Detector, scanned.Folded[decisive.Span.Start..decisive.Span.End]) is not { } put)
                continue;
            (rewritten ??= new StringBuilder(end)).Append(text, from, start - from).Append(put);
            from = Math.Min(end, scanned.PositionOf(until));
        }
        return rewritten?.Append(text, from, end - from).ToString() ?? text[_context..end];
    }

    /// <summary>
    /// Where the context of the next piece begins: at a word between words, before everything that names the columns of a table that may go on, and never in
    /// the middle of a finding, of which a part could look like something else.
    /// </summary>
    private static int ContextOf(ReadOnlySpan<char> folded, int closed, List<Finding> findings)
    {
        for (var needed = StartOfNames(folded, closed); ;)
        {
            var start = StartOfWord(folded, needed - LookBack);
            var broken = findings.FindIndex(finding => finding.Span.Start < start && finding.Span.End > start);
            if (broken < 0)
                return start;
            needed = findings[broken].Span.Start;
        }
    }

    /// <summary>The start of the last word at or before a position that stands between words.</summary>
    private static int StartOfWord(ReadOnlySpan<char> folded, int from)
    {
        for (var at = from; at > 1 && at > from - LongestContext; at--)
        {
            if (char.IsLetter(folded[at]) && folded[at - 1] is ' ' or LineEnd && char.IsLetter(folded[at - 2]))
                return at;
        }
        return Math.Max(0, from - LongestContext);
    }

    /// <summary>The start of the first line that may name a column of the line at <paramref name="closed"/>; that position itself when there is no such line.</summary>
    private static int StartOfNames(ReadOnlySpan<char> folded, int closed)
    {
        var line = StartOfLine(folded, closed);
        if (closed - line > LongestFirstCell && !folded[line..closed].Contains(Border))
            return closed;
        while (line > 0 && closed - line < LongestTable)
        {
            var above = StartOfLine(folded, line - 1);
            var isRow = folded[above..line].Contains(Border);
            if (!isRow && line - above > LongestFirstCell)
                break;
            line = above;
            if (!isRow)
                break;
        }
        return line;
    }

    private static int StartOfLine(ReadOnlySpan<char> folded, int at) => folded[..at].LastIndexOf(LineEnd) + 1;
}
