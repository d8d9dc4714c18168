using System.Buffers;
using System.Text;

namespace RagApp.Parsing;

/// <summary>
/// UTF-8 with a few bytes that are not, as when programs append to a log in another encoding: each bad byte is read as one character of Windows-1252, and costs
/// no more than itself.
/// </summary>
internal static class MixedUtf8
{
    private const int Windows1252 = 1252;

    /// <summary>Fewest valid characters of several bytes for each bad byte. Texts in other encodings have fewer, by chance.</summary>
    private const int ValidPerBad = 4;

    public static bool Is(ReadOnlySpan<byte> bytes)
    {
        var (valid, bad) = (0L, 0L);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            valid += status == OperationStatus.Done && length > 1 ? 1 : 0;
            bad += status == OperationStatus.Done ? 0 : length;
            bytes = bytes[length..];
        }
        return valid > 0 && valid >= bad * ValidPerBad;
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        var western = TextDecoder.ByCodePage(Windows1252)!;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done)
                text.Append(rune.ToString());
            else
                text.Append(western.GetString(bytes[..length]));
            bytes = bytes[length..];
        }
        return text.ToString();
    }
}
