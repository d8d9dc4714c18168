using System.Buffers.Binary;
using System.Text.Json;

namespace RagApp.Parsing.Child;

/// <summary>
/// Messages between service and parser child: requests as lines of JSON, answers as frames. The reader does not trust the
/// frames of the child.
/// </summary>
internal static class ChildFrames
{
    private const int HeaderBytes = 5;

    public static async Task SendAsync(Stream input, ChildRequest request, CancellationToken cancellationToken)
    {
        await input.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(request, ParsingJson.Default.ChildRequest), cancellationToken);
        await input.WriteAsync("\n"u8.ToArray(), cancellationToken);
        await input.FlushAsync(cancellationToken);
    }

    public static void Write(Stream output, ChildFrame kind, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], payload.Length);
        output.Write(header);
        output.Write(payload);
        output.Flush();
    }

    /// <summary>Reads a frame's header; null at the end of the output, or when the header is invalid.</summary>
    public static async Task<(ChildFrame Kind, int Length)?> ReadHeaderAsync(Stream output, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        if (await output.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken) < HeaderBytes)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(1));
        var kind = (ChildFrame)header[0];
        return length >= 0 && kind is ChildFrame.Detected or ChildFrame.Result ? (kind, length) : null;
    }

    /// <exception cref="EndOfStreamException">The output ended too early.</exception>
    public static async Task<byte[]> ReadPayloadAsync(Stream output, int length, CancellationToken cancellationToken)
    {
        var payload = new byte[length];
        await output.ReadExactlyAsync(payload, cancellationToken);
        return payload;
    }
}
