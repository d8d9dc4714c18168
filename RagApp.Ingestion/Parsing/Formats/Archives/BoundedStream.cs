namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>
/// A part being unpacked that ends the reading when more comes out of it than one part may hold, or than all of
/// them together.
/// </summary>
internal sealed class BoundedStream(Stream inner, long limit, UnpackBudget budget) : Stream
{
    private long _read;

    /// <summary>A part that is bounded alone.</summary>
    public BoundedStream(Stream inner, long limit)
        : this(inner, limit, new UnpackBudget(limit))
    {
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _read += read;
        budget.Take(read);
        return _read <= limit
            ? read
            : throw new ParseLimitException($"A part of the file unpacks to more than {limit >> 20} MB.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
