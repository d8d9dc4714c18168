namespace RagApp.Storage.Encryption;

/// <summary>Reads a stream again from the beginning, of which the first bytes were already read.</summary>
internal sealed class ResumedStream(ReadOnlyMemory<byte> start, Stream rest) : ReadOnlyStream
{
    private int _given;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Take(buffer.Span) is > 0 and var taken ? taken : await rest.ReadAsync(buffer, cancellationToken);

    public override int Read(Span<byte> buffer) => Take(buffer) is > 0 and var taken ? taken : rest.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, start.Length - _given);
        start.Span.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }
}
