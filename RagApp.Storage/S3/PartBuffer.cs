using System.Buffers;

namespace RagApp.Storage.S3;

/// <summary>Buffer for the next part of a stream of unknown length; it grows with the content, up to the size of one part.</summary>
internal sealed class PartBuffer : IDisposable
{
    /// <summary>Size of a part in bytes: above the 5 MiB that S3 requires of every part but the last; 10,000 parts make 78 GiB.</summary>
    public const int PartBytes = 8 << 20;

    private const int FirstBytes = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;

    public int Length => _length;

    /// <summary>True when the buffer holds a full part, so that more may follow.</summary>
    public bool IsFull => _length == PartBytes;

    /// <summary>The buffered bytes as a stream, valid until the next <see cref="FillAsync"/>.</summary>
    public Stream OpenRead() => new MemoryStream(_bytes, 0, _length, writable: false);

    /// <summary>Replaces the content with the next part of <paramref name="source"/>.</summary>
    public async Task FillAsync(Stream source, CancellationToken cancellationToken)
    {
        for (_length = 0; _length < PartBytes;)
        {
            if (_length == _bytes.Length)
                Grow();
            var room = _bytes.AsMemory(_length, Math.Min(_bytes.Length, PartBytes) - _length);
            var read = await source.ReadAsync(room, cancellationToken);
            if (read == 0)
                return;
            _length += read;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_bytes.Length * 4, PartBytes));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
