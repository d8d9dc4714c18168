using System.Buffers.Binary;
using System.Text;

namespace RagApp.Tests.Parsing.Formats.Mail;

/// <summary>Builds Outlook's winmail.dat: attributes with level, number, length, bytes and their checksum.</summary>
internal static class TnefBuilder
{
    private const byte OfMessage = 1;
    private const byte OfAttachment = 2;

    public static byte[] With(string text, string fileName, byte[] file) =>
    [
        .. Number(0x223E9F78), 1, 0,
        .. Attribute(OfMessage, 0x00089006, Number(0x00010000)),
        .. Attribute(OfMessage, 0x0002800C, Text(text)),
        .. Attribute(OfAttachment, 0x00069002, new byte[14]),
        .. Attribute(OfAttachment, 0x00018010, Text(fileName)),
        .. Attribute(OfAttachment, 0x0006800F, file),
    ];

    private static byte[] Attribute(byte level, uint number, byte[] content)
    {
        var sum = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(sum, (ushort)content.Sum(value => value));
        return [level, .. Number(number), .. Number((uint)content.Length), .. content, .. sum];
    }

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
