using System.Text;
using System.Text.RegularExpressions;
using UtfUnknown;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Bytes to text when nobody says in which encoding: a byte-order mark, else UTF-8 if the bytes are valid in
/// it, else UTF-16 or UTF-32 by the place of the zeros, else what a web page declares, else by statistics.
/// </summary>
internal static partial class TextDecoder
{
    private const int SampleBytes = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a whole file; <see cref="ParseLimits.TextBytes"/> bounds it.</summary>
    public static string DecodeAll(Stream file)
    {
        if (file.Length > ParseLimits.TextBytes)
            throw new ParseLimitException($"It is larger than {ParseLimits.TextBytes >> 20} MB, the limit for text. Split it into smaller files.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Decode(bytes);
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var (encoding, skip) = ByMark(bytes);
        encoding ??= IsUtf8(bytes) ? Encoding.UTF8 : ByZeros(bytes) ?? ByDeclaration(bytes) ?? ByStatistics(bytes);
        return encoding.GetString(bytes[skip..]).ReplaceLineEndings("\n");
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

    /// <summary>Valid but for a character cut in two at the end, as in the head of a longer file; zeros point to something wider.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Count((byte)0) * 10 > bytes.Length)
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
                // one byte less may be whole
            }
        }
        return false;
    }

    /// <summary>Latin letters in UTF-16 and UTF-32 leave zeros in the same place of every unit.</summary>
    private static Encoding? ByZeros(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
            return null;
        Span<int> zeros = stackalloc int[4];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0)
                zeros[i & 3]++;
        }
        var quarter = bytes.Length / 4;
        var most = quarter * 3 / 4;
        if (zeros[2] > most && zeros[3] > most)
            return Encoding.UTF32;
        if (zeros[0] > most && zeros[1] > most)
            return new UTF32Encoding(bigEndian: true, byteOrderMark: false);
        var some = quarter / 5;
        if (zeros[1] + zeros[3] > 2 * some && zeros[0] + zeros[2] < some)
            return Encoding.Unicode;
        return zeros[0] + zeros[2] > 2 * some && zeros[1] + zeros[3] < some ? Encoding.BigEndianUnicode : null;
    }

    private static Encoding? ByDeclaration(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 4096)]);
        return Declaration().Match(head) is { Success: true } match ? ByName(match.Groups[1].Value) : null;
    }

    private static Encoding ByStatistics(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, SampleBytes)].ToArray();
        return CharsetDetector.DetectFromBytes(sample).Detected is { Confidence: > 0.3f } found
            ? found.Encoding ?? ByName(found.EncodingName) ?? Encoding.UTF8
            : Encoding.UTF8;
    }

    private static Encoding? ByName(string name)
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

    /// <summary>Matches <c>&lt;meta charset="windows-1252"&gt;</c> and its older form.</summary>
    [GeneratedRegex(@"<meta[^>]{0,200}charset\s*=\s*[""']?\s*([A-Za-z0-9_.:-]{2,40})", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Declaration();
}
