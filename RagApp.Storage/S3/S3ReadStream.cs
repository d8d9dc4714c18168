namespace RagApp.Storage.S3;

/// <summary>
/// A blob as it comes from the server: a piece at a time, none waited for longer than the timeout, and an error
/// when it ends before its length.
/// </summary>
internal sealed class S3ReadStream(string key, HttpResponseMessage response, Stream body, TimeSpan timeout, TimeProvider time) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => response.Content.Headers.ContentLength ?? throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return Passed(buffer.Length, await body.ReadAsync(buffer, either.Token));
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The S3 server sent nothing of '{key}' for {timeout}.", exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Passed(count, body.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        response.Dispose();
        base.Dispose(disposing);
    }

    private int Passed(int wanted, int read)
    {
        _position += read;
        if (read == 0 && wanted > 0 && response.Content.Headers.ContentLength is { } length && _position != length)
            throw new IOException($"'{key}' ended after {_position:N0} of {length:N0} bytes.");
        return read;
    }
}
