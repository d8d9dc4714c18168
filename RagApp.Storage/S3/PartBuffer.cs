using System.Buffers;

namespace RagApp.Storage.S3;

/// <summary>The next piece of a stream whose length nobody knows: grows with what comes, up to one part.</summary>
internal sealed class PartBuffer : IDisposable
{
    /// <summary>Above the 5 MiB that S3 wants of every part but the last; 10,000 parts make 78 GiB.</summary>
    public const int PartBytes = 8 << 20;

    private const int FirstBytes = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;

    public ReadOnlyMemory<byte> Content => _bytes.AsMemory(0, _length);

    /// <summary>Whether there may be more than is in here.</summary>
    public bool IsFull => _length == PartBytes;

    /// <summary>Takes the next piece in the place of the last.</summary>
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
        Content.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
