namespace RagApp.Ingestion.Parsing.Members;

/// <summary>The bytes of one member as they come from the child. Throws where they break off.</summary>
internal sealed class MemberContent(MemberFrameReader frames, long size) : Stream
{
    private int _inFrame;
    private long _read;

    /// <summary>Whether the member came whole.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether it broke off.</summary>
    public bool IsBroken { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsWhole || buffer.IsEmpty)
            return 0;
        if (IsBroken)
            throw new MemberBrokenException();
        if (_inFrame == 0 && !await OpenFrameAsync(cancellationToken))
            return 0;
        var read = await frames.ReadPayloadAsync(buffer[..Math.Min(buffer.Length, _inFrame)], cancellationToken);
        _inFrame -= read;
        _read += read;
        if (read > 0 && _read <= size)
            return read;
        IsBroken = true;
        throw new MemberBrokenException();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>False at the end of the member.</summary>
    private async Task<bool> OpenFrameAsync(CancellationToken cancellationToken)
    {
        while (_inFrame == 0)
        {
            var (kind, length) = await frames.ReadHeaderAsync(cancellationToken);
            if (kind == MemberFrame.Whole)
            {
                IsWhole = true;
                return false;
            }
            if (kind != MemberFrame.Data)
            {
                IsBroken = true;
                throw new MemberBrokenException();
            }
            _inFrame = length;
        }
        return true;
    }
}
