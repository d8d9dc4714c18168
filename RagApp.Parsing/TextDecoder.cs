using System.Text;
using System.Text.RegularExpressions;
using UtfUnknown;

namespace RagApp.Parsing;

/// <summary>
/// Decodes text of unknown encoding: by a byte-order mark, else by the escape sequences of ISO-2022, else as UTF-8 if the bytes are valid in it, else as UTF-16
/// or UTF-32 by the bytes that hardly change, else as UTF-8 with a few bad bytes, else by the declaration in a page if the bytes are valid in that encoding, else by
/// statistics.
/// </summary>
internal static partial class TextDecoder
{
    private const int SampleBytes = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads and decodes a whole file of at most <see cref="ParseLimits.TextBytes"/>.</summary>
    public static string DecodeAll(Stream file)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > ParseLimits.TextBytes)
                throw new ParseLimitException($"It is larger than {ParseLimits.TextBytes >> 20} MB, the limit for text. Split it into smaller files.");
        }
        return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var (encoding, skip) = ByMark(bytes);
        encoding ??= ByEscapes(bytes) ?? (IsUtf8(bytes) ? Encoding.UTF8 : ByUnits(bytes));
        if (encoding is null && MixedUtf8.Is(bytes))
            return MixedUtf8.Decode(bytes).ReplaceLineEndings("\n");
        encoding ??= ByDeclaration(bytes) ?? ByStatistics(bytes) ?? Encoding.UTF8;
        return encoding.GetString(bytes[skip..]).ReplaceLineEndings("\n");
    }

    /// <summary>Detects the encoding of a short text that is not in UTF-16 or UTF-32; null when it cannot be detected.</summary>
    public static Encoding? FindEncoding(ReadOnlySpan<byte> bytes) => IsUtf8(bytes) ? Encoding.UTF8 : ByStatistics(bytes);

    /// <summary>The encoding of that name; null when there is none.</summary>
    public static Encoding? ByName(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The encoding of a Windows code page; null when there is none.</summary>
    public static Encoding? ByCodePage(int number)
    {
        try
        {
            return Encoding.GetEncoding(number);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static (Encoding? Encoding, int Skip) ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => (null, 0),
    };

    /// <summary>The encoding of 7-bit text that changes to Japanese or Korean by escape sequences; null for other text.</summary>
    private static Encoding? ByEscapes(ReadOnlySpan<byte> bytes)
    {
        const int Iso2022Jp = 50_220;
        const int Iso2022Kr = 50_225;
        if (bytes.IndexOf("\e$"u8) < 0 || !Ascii.IsValid(bytes))
            return null;
        if (bytes.IndexOf("\e$)C"u8) >= 0)
            return ByCodePage(Iso2022Kr);
        return bytes.IndexOf("\e$B"u8) >= 0 || bytes.IndexOf("\e$@"u8) >= 0 ? ByCodePage(Iso2022Jp) : null;
    }

    /// <summary>
    /// True when the bytes are valid UTF-8, except for a character cut off at the end, as in the first bytes of a
    /// longer file. Many control bytes suggest UTF-16 or UTF-32 instead.
    /// </summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        if (CountControls(bytes) * 10 > bytes.Length)
            return false;
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            try
            {
                StrictUtf8.GetCharCount(bytes[..^cut]);
                return true;
            }
            catch (DecoderFallbackException)
            {
                // the bytes may be valid without the last one
            }
        }
        return false;
    }

    private static int CountControls(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var value in bytes)
            count += value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B) ? 1 : 0;
        return count;
    }

    /// <summary>
    /// Detects UTF-16 and UTF-32. The upper bytes of a code unit hardly change within one script, while the lowest
    /// does: four bytes with two zeros are UTF-32; in UTF-16, one of two bytes is mostly the number of the script's
    /// block, or 0 for spaces and punctuation.
    /// </summary>
    private static Encoding? ByUnits(ReadOnlySpan<byte> bytes)
    {
        const double Steady = 0.9;
        if (bytes.Length < 8)
            return null;
        if (ShareOfTwo(bytes, 2, 4) > Steady && ShareOfTwo(bytes, 3, 4) > Steady && bytes[3] == 0)
            return Encoding.UTF32;
        if (ShareOfTwo(bytes, 0, 4) > Steady && ShareOfTwo(bytes, 1, 4) > Steady && bytes[0] == 0)
            return new UTF32Encoding(bigEndian: true, byteOrderMark: false);
        var (first, second) = (ShareOfTwo(bytes, 0, 2), ShareOfTwo(bytes, 1, 2));
        if (second > Steady && first < Steady)
            return Encoding.Unicode;
        if (first > Steady && second < Steady)
            return Encoding.BigEndianUnicode;
        return ReadsAsEastAsian(bytes, Encoding.Unicode) ? Encoding.Unicode
            : ReadsAsEastAsian(bytes, Encoding.BigEndianUnicode) ? Encoding.BigEndianUnicode : null;
    }

    /// <summary>
    /// True when the bytes decode to Chinese, Japanese or Korean text, whose characters are in too many blocks for the
    /// count above. In the wrong byte order or encoding, two of three characters are outside of their blocks, and none
    /// is punctuation or a line break.
    /// </summary>
    private static bool ReadsAsEastAsian(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var text = encoding.GetString(bytes[..(Math.Min(bytes.Length, SampleBytes) & ~1)]);
        var (letters, marks) = (0, 0);
        foreach (var c in text)
        {
            letters += c is (>= '\u3041' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (> ' ' and < '\u007F') or (>= '\uFF01' and <= '\uFFEF' and not '\uFF0C') ? 1 : 0;
            marks += c is '\u3001' or '\u3002' or '\uFF0C' or ' ' or '\n' ? 1 : 0;
        }
        return marks * 100 >= text.Length && (letters + marks) * 10 >= text.Length * 9;
    }

    /// <summary>The share of the two most frequent values among every <paramref name="step"/>-th byte.</summary>
    private static double ShareOfTwo(ReadOnlySpan<byte> bytes, int start, int step)
    {
        Span<int> counts = stackalloc int[256];
        var all = 0;
        for (var i = start; i < bytes.Length; i += step, all++)
            counts[bytes[i]]++;
        var (most, second) = (0, 0);
        foreach (var count in counts)
            (most, second) = count > most ? (count, most) : (most, Math.Max(second, count));
        return (most + second) / (double)all;
    }

    private static Encoding? ByDeclaration(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 4096)]);
        return Declaration().Match(head) is { Success: true } match && ByName(match.Groups["name"].Value) is { } encoding && TryDecode(encoding, bytes) is not null
            ? encoding : null;
    }

    /// <summary>Decodes bytes; null when they are not valid in the encoding.</summary>
    public static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding? ByStatistics(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, SampleBytes)].ToArray();
        return CharsetDetector.DetectFromBytes(sample).Detected is { Confidence: > 0.3f } found
            ? found.Encoding ?? ByName(found.EncodingName)
            : null;
    }

    /// <summary>Matches <c>&lt;meta charset="windows-1252"&gt;</c>, its older form, and <c>&lt;?xml encoding="windows-1252"?&gt;</c>.</summary>
    [GeneratedRegex(@"<(meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*[""']?\s*(?<name>[A-Za-z0-9_.:-]{2,40})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Declaration();
}
