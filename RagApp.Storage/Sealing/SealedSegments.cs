using System.Buffers.Binary;

namespace RagApp.Storage.Sealing;

/// <summary>
/// The layout of an encrypted file: the mark of its kind (8 bytes), the id of the key (8), the salt of the file's key (32), then
/// segments. A segment is up to 64 KiB of content, encrypted with AES-256-GCM, and the tag (16). Its nonce is its number
/// (8 bytes) and whether it is the last one (4 bytes): segments can be neither changed nor exchanged nor left out. A segment
/// that is shorter than 64 KiB, perhaps empty, is the last one; a file without it was cut off.
/// </summary>
internal static class SealedSegments
{
    public const int ContentLength = 64 * 1024;
    public const int TagLength = 16;
    public const int SegmentLength = ContentLength + TagLength;
    public const int SaltLength = 32;
    public const int MarkLength = 8;
    public const int HeaderLength = MarkLength + SealingKey.IdLength + SaltLength;

    private const int NonceLength = 12;

    public static byte[] NonceOf(long number, bool isLast)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }

    /// <summary>Length of the content of an encrypted file of this length; a file that is cut off has none or less.</summary>
    public static long ContentOf(long fileLength)
    {
        var (whole, rest) = Math.DivRem(Math.Max(0, fileLength - HeaderLength), SegmentLength);
        return (whole * ContentLength) + Math.Max(0, rest - TagLength);
    }
}
