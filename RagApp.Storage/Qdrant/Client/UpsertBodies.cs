using System.Buffers;
using System.Text.Json;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Cuts points into bodies of at most 500 points and, unless one point alone is larger, 8 MB.</summary>
internal static class UpsertBodies
{
    public const int MostPoints = 500;
    private const int MostBytes = 8 << 20;

    private static ReadOnlySpan<byte> Begin => "{\"points\":["u8;
    private static ReadOnlySpan<byte> End => "]}"u8;

    public static IEnumerable<byte[]> Of(IEnumerable<QdrantPoint> points)
    {
        var body = new ArrayBufferWriter<byte>();
        var count = 0;
        foreach (var point in points)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(point, QdrantJson.Wire.QdrantPoint);
            if (count == MostPoints || (count > 0 && body.WrittenCount + json.Length >= MostBytes))
            {
                yield return Close(body);
                count = 0;
            }
            body.Write(count++ == 0 ? Begin : ","u8);
            body.Write(json);
        }
        if (count > 0)
            yield return Close(body);
    }

    private static byte[] Close(ArrayBufferWriter<byte> body)
    {
        body.Write(End);
        var bytes = body.WrittenSpan.ToArray();
        body.ResetWrittenCount();
        return bytes;
    }
}
