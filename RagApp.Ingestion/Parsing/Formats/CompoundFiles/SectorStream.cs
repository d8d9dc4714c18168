namespace RagApp.Ingestion.Parsing.Formats.CompoundFiles;

/// <summary>A stream whose bytes lie in sectors all over a file.</summary>
internal sealed class SectorStream(Stream file, long[] offsets, int sectorBytes, long size) : Stream
{
    private readonly long _length = Math.Min(size, (long)offsets.Length * sectorBytes);
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => _position = Math.Clamp(value, 0, _length);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position >= _length)
            return 0;
        var inSector = (int)(_position % sectorBytes);
        var wanted = (int)Math.Min(Math.Min(buffer.Length, sectorBytes - inSector), _length - _position);
        file.Position = offsets[_position / sectorBytes] + inSector;
        var read = file.Read(buffer[..wanted]);
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => _length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
