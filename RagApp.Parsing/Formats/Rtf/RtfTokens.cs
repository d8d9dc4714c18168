using System.Text;

namespace RagApp.Parsing.Formats.Rtf;

/// <summary>Splits RTF into tokens while reading. Line breaks in the file are ignored; pictures stored as raw bytes are skipped.</summary>
internal sealed class RtfTokens(Stream file)
{
    private const int LongestWord = 32;
    private const int LongestNumber = 10;

    private readonly StringBuilder _word = new();
    private int _next = -2;

    public RtfToken Read()
    {
        while (true)
        {
            var read = Take();
            switch (read)
            {
                case < 0:
                    return new RtfToken(RtfTokenKind.End, "", null);
                case '{':
                    return new RtfToken(RtfTokenKind.OpenGroup, "", null);
                case '}':
                    return new RtfToken(RtfTokenKind.CloseGroup, "", null);
                case '\\':
                    if (ReadControl() is { } token)
                        return token;
                    break;
                case not ('\r' or '\n' or 0):
                    return new RtfToken(RtfTokenKind.Byte, "", read);
            }
        }
    }

    /// <summary>Reads a control word or symbol; null for raw bytes, which are skipped.</summary>
    private RtfToken? ReadControl()
    {
        var first = Take();
        if (first < 0)
            return null;
        if (first == '\'')
            return new RtfToken(RtfTokenKind.Byte, "", (Hex(Take()) << 4) | Hex(Take()));
        if (first is '\r' or '\n')
            return new RtfToken(RtfTokenKind.Word, "par", null);
        if (!char.IsAsciiLetter((char)first))
            return new RtfToken(RtfTokenKind.Symbol, ((char)first).ToString(), null);
        var word = ReadWord(first);
        var value = ReadNumber();
        if (Peek() == ' ')
            Take();
        if (word != "bin")
            return new RtfToken(RtfTokenKind.Word, word, value);
        for (var left = value ?? 0; left > 0 && Take() >= 0; left--)
        {
            // raw bytes of a picture
        }
        return null;
    }

    private string ReadWord(int first)
    {
        _word.Clear().Append((char)first);
        while (_word.Length < LongestWord && Peek() is var next && next >= 0 && char.IsAsciiLetter((char)next))
            _word.Append((char)Take());
        return _word.ToString();
    }

    private int? ReadNumber()
    {
        var negative = Peek() == '-';
        if (negative)
            Take();
        var (number, digits) = (0L, 0);
        while (digits < LongestNumber && Peek() is var next && next is >= '0' and <= '9')
        {
            number = (number * 10) + (Take() - '0');
            digits++;
        }
        return digits == 0 ? null : (int)Math.Clamp(negative ? -number : number, int.MinValue, int.MaxValue);
    }

    private static int Hex(int digit) => digit >= 0 && char.IsAsciiHexDigit((char)digit) ? Convert.ToInt32(((char)digit).ToString(), 16) : 0;

    private int Take()
    {
        var taken = Peek();
        _next = -2;
        return taken;
    }

    private int Peek()
    {
        if (_next == -2)
            _next = file.ReadByte();
        return _next;
    }
}

/// <param name="Word">The control word or symbol; otherwise empty.</param>
/// <param name="Value">The number after the word, or null; for a byte, its value.</param>
internal readonly record struct RtfToken(RtfTokenKind Kind, string Word, int? Value);
