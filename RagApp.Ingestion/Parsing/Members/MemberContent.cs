using RagApp.Parsing.Members;

namespace RagApp.Ingestion.Parsing.Members;

/// <summary>The bytes of one member as the child sends them. Throws when they break off.</summary>
internal sealed class MemberContent(MemberFrameReader frames, long size) : ReadOnlyStream
{
    private int _inFrame;
    private long _read;

    /// <summary>True when the member was read completely.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>True when the member broke off.</summary>
    public bool IsBroken { get; private set; }

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

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Read it asynchronously.");

    /// <summary>Opens the next frame. Returns false at the end of the member.</summary>
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

/// <summary>A member is damaged, or the child ended while sending it: the bytes read so far must be thrown away.</summary>
internal sealed class MemberBrokenException() : IOException("The file inside the file broke off.");
