using System.Text;

namespace RagApp.Tests.Observability;

/// <summary>Reads the fields of one message in the protobuf wire format, as far as OTLP needs them; numeric fields are skipped.</summary>
internal static class ProtobufFields
{
    /// <summary>Every length-delimited field of a message: its field number and its bytes.</summary>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> Of(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = ReadVarint(message.Span, ref at);
            switch (key & 7)
            {
                case 0:
                    ReadVarint(message.Span, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)ReadVarint(message.Span, ref at);
                    yield return ((int)(key >> 3), message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Field {key >> 3} has the wire type {key & 7}.");
            }
        }
    }

    /// <summary>The fields with one field number.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> message, int number) =>
        Of(message).Where(field => field.Number == number).Select(field => field.Bytes);

    /// <summary>A text field; empty when the message does not contain it.</summary>
    public static string Text(ReadOnlyMemory<byte> message, int number) =>
        Encoding.UTF8.GetString(Of(message, number).FirstOrDefault().Span);

    private static ulong ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
