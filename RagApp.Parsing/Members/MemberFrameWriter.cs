using System.Buffers.Binary;
using System.Text.Json;

namespace RagApp.Parsing.Members;

/// <summary>Writes members as <see cref="MemberFrame"/>s while the file is read; none is held in memory.</summary>
internal sealed class MemberFrameWriter(Stream output) : IMemberSink
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public DocumentMember? Take(DocumentMember member, Stream content)
    {
        Write(MemberFrame.Begin, JsonSerializer.SerializeToUtf8Bytes(member, ParsingJson.Default.DocumentMember));
        while (ReadSome(content) is var length and not 0)
        {
            if (length < 0)
            {
                Write(MemberFrame.Failed, []);
                return null;
            }
            Write(MemberFrame.Data, _buffer.AsSpan(0, length));
        }
        Write(MemberFrame.Whole, []);
        return member;
    }

    public void End(ParseResult result)
    {
        Write(MemberFrame.End, JsonSerializer.SerializeToUtf8Bytes(result, ParsingJson.Default.ParseResult));
        output.Flush();
    }

    /// <summary>Reads the next bytes; returns -1 when the member is damaged at this point.</summary>
    private int ReadSome(Stream content)
    {
        try
        {
            return content.Read(_buffer);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return -1;
        }
    }

    private void Write(MemberFrame kind, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[5];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], payload.Length);
        try
        {
            output.Write(header);
            output.Write(payload);
        }
        catch (IOException exception)
        {
            throw new MemberSinkException(exception);
        }
    }
}
