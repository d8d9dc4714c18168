using Amazon.S3.Model;

namespace RagApp.Storage.S3;

/// <summary>
/// Reads a blob from the server. A read fails when the next piece takes longer than the timeout, or when the blob ends before its
/// announced length.
/// </summary>
internal sealed class S3ReadStream(string key, GetObjectResponse response, TimeSpan timeout, TimeProvider time) : ReadOnlyStream
{
    private long _position;

    public override long Length => response.ContentLength;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return Passed(buffer.Length, await response.ResponseStream.ReadAsync(buffer, either.Token));
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The S3 server sent nothing of '{key}' for {timeout}.", exception);
        }
    }

    public override int Read(Span<byte> buffer) => Passed(buffer.Length, response.ResponseStream.Read(buffer));

    protected override void Dispose(bool disposing)
    {
        response.Dispose();
        base.Dispose(disposing);
    }

    private int Passed(int wanted, int read)
    {
        _position += read;
        if (read == 0 && wanted > 0 && _position != response.ContentLength)
            throw new IOException($"'{key}' ended after {_position:N0} of {response.ContentLength:N0} bytes.");
        return read;
    }
}
