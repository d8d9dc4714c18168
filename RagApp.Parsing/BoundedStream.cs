namespace RagApp.Parsing;

/// <summary>A stream of an unpacked part. Throws when the part, or all parts of the archive together, exceed their limit.</summary>
internal sealed class BoundedStream(Stream inner, long limit, UnpackBudget budget) : ReadOnlyStream
{
    private long _read;

    /// <summary>A part with a limit of its own only.</summary>
    public BoundedStream(Stream inner, long limit)
        : this(inner, limit, new UnpackBudget(limit))
    {
    }

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _read += read;
        budget.Take(read);
        return _read <= limit
            ? read
            : throw new ParseLimitException($"A part of the file unpacks to more than {limit >> 20} MB.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
