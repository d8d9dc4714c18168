namespace RagApp.Parsing;

/// <summary>
/// A stream of known length that can be read from any position. A position before its start or behind its end is set to the
/// start or the end.
/// </summary>
internal abstract class SeekableStream(long length) : ReadOnlyStream
{
    private long _position;

    public sealed override bool CanSeek => true;

    public sealed override long Length => length;

    public sealed override long Position
    {
        get => _position;
        set => _position = Math.Clamp(value, 0, length);
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => length,
    };

    public sealed override int Read(Span<byte> buffer)
    {
        var read = ReadAt(_position, buffer[..(int)Math.Min(buffer.Length, length - _position)]);
        _position += read;
        return read;
    }

    /// <param name="buffer">The buffer, no longer than the rest of the stream; empty at its end.</param>
    protected abstract int ReadAt(long position, Span<byte> buffer);
}
