using System.IO.Hashing;
using System.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>Checks the checksum of GitHub and npm tokens: the last six characters are the CRC-32 of the others, in base 62.</summary>
internal static class TokenChecksum
{
    private const int Length = 6;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static bool Holds(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[token.Length - Length];
        Encoding.ASCII.GetBytes(token[..^Length], bytes);
        var checksum = Crc32.HashToUInt32(bytes);
        for (var i = 1; i <= Length; i++, checksum /= (uint)Digits.Length)
        {
            if (token[^i] != Digits[(int)(checksum % (uint)Digits.Length)])
                return false;
        }
        return true;
    }
}
