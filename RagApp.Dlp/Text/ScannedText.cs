using System.Globalization;
using System.Text;

namespace RagApp.Dlp.Text;

/// <summary>
/// The text that the detectors read. Several texts are joined by line breaks, so that data split over two of them is
/// found, and folded to one notation: digits of every script to ASCII digits, full-width letters and punctuation to
/// ASCII, dashes to <c>-</c>, spaces to <c> </c>, line ends to <c>\n</c>; invisible characters are removed. Positions
/// in the folded text can be mapped back to the original texts.
/// </summary>
public sealed class ScannedText
{
    private const int FullWidthOffset = 0xFEE0;

    private readonly char[] _folded;
    private readonly int _length;
    private readonly int[] _starts;

    /// <summary>
    /// The start of each run of folded characters, in the folded text and in the joined text; within a run characters map one
    /// to one.
    /// </summary>
    private readonly List<(int Folded, int Joined)> _runs = [(0, 0)];

    public ScannedText(IReadOnlyList<string> texts)
    {
        _folded = new char[texts.Sum(text => text.Length + 1)];
        _starts = new int[texts.Count];
        var joined = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            _starts[i] = joined;
            Fold(texts[i], joined, ref _length);
            joined += texts[i].Length;
            _folded[_length++] = '\n';
            joined++;
        }
    }

    public ReadOnlySpan<char> Folded => _folded.AsSpan(0, _length);

    /// <summary>The parts of the original texts that a span of the folded text comes from, at least one character in each.</summary>
    public IEnumerable<(int Text, TextSpan Part)> Locate(TextSpan folded)
    {
        var (start, end) = (ToJoined(folded.Start), ToJoined(folded.End));
        for (var text = TextAt(start); text < _starts.Length && _starts[text] < end; text++)
        {
            var next = text + 1 < _starts.Length ? _starts[text + 1] : int.MaxValue;
            var part = new TextSpan(Math.Max(start, _starts[text]) - _starts[text], Math.Min(end, next - 1) - _starts[text]);
            if (part.End > part.Start)
                yield return (text, part);
        }
    }

    /// <summary>Number, from 0, of the original text that the character at a position of the folded text comes from.</summary>
    public int TextOf(int folded) => TextAt(ToJoined(folded));

    /// <summary>Position in the only original text of the character at a position of the folded text.</summary>
    public int PositionOf(int folded) => ToJoined(folded);

    private int ToJoined(int folded)
    {
        var at = _runs.BinarySearch((folded, int.MaxValue));
        var (start, joined) = _runs[at >= 0 ? at : ~at - 1];
        return joined + folded - start;
    }

    private int TextAt(int joined)
    {
        var at = Array.BinarySearch(_starts, joined);
        return at >= 0 ? at : ~at - 1;
    }

    private void Fold(string text, int joined, ref int length)
    {
        for (var i = 0; i < text.Length;)
        {
            var width = 1;
            if (char.IsAscii(text[i]))
            {
                _folded[length++] = text[i] is '\r' or '\f' or '\v' ? '\n' : text[i] == '\t' ? ' ' : text[i];
            }
            else
            {
                if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out width) != System.Buffers.OperationStatus.Done)
                    rune = Rune.ReplacementChar;
                length += Write(rune, text.AsSpan(i, width), _folded.AsSpan(length));
                MapTo(length, joined + i + width);
            }
            i += width;
        }
    }

    private static int Write(Rune rune, ReadOnlySpan<char> original, Span<char> output)
    {
        if (Invisible(rune))
            return 0;
        var folded = Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.DecimalDigitNumber => (char)('0' + (int)Rune.GetNumericValue(rune)),
            UnicodeCategory.SpaceSeparator => ' ',
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => '\n',
            UnicodeCategory.DashPunctuation => '-',
            _ when rune.Value is 0x2212 or 0x2043 => '-', // minus, hyphen bullet
            _ when rune.Value is >= 0xFF01 and <= 0xFF5E => (char)(rune.Value - FullWidthOffset),
            _ => '\0',
        };
        if (folded == '\0')
        {
            original.CopyTo(output);
            return original.Length;
        }
        output[0] = folded;
        return 1;
    }

    /// <summary>True for format characters, and for variation selectors and enclosing marks that turn a digit into an emoji.</summary>
    private static bool Invisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.EnclosingMark
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or 0x034F;

    /// <summary>
    /// Records that the folded text at <paramref name="folded"/> continues at <paramref name="joined"/>, unless the last run
    /// implies it.
    /// </summary>
    private void MapTo(int folded, int joined)
    {
        var last = _runs[^1];
        if (last.Joined + folded - last.Folded == joined)
            return;
        if (last.Folded == folded)
            _runs[^1] = (folded, joined);
        else
            _runs.Add((folded, joined));
    }
}
