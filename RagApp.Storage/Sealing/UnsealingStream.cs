using System.Security.Cryptography;

namespace RagApp.Storage.Sealing;

/// <summary>
/// Reads the content of an encrypted file, see <see cref="SealedSegments"/>. Every byte it gives was verified. It can seek where the
/// file can: a segment is verified by itself, its number included.
/// </summary>
internal sealed class UnsealingStream : ReadOnlyStream
{
    private readonly Stream _encrypted;
    private readonly SealedFormat _format;
    private readonly AesGcm _cipher;
    private readonly string _name;
    private readonly byte[] _segment = new byte[SealedSegments.SegmentLength];
    private readonly byte[] _plain = new byte[SealedSegments.ContentLength];
    private int _from;
    private int _to;
    private int _skip;
    private long _number;
    private long _position;
    private bool _ended;

    private UnsealingStream(Stream encrypted, SealedFormat format, AesGcm cipher, string name)
    {
        (_encrypted, _format, _cipher, _name) = (encrypted, format, cipher, name);
    }

    public override bool CanSeek => _encrypted.CanSeek;

    public override long Length => SealedSegments.ContentOf(_encrypted.Length);

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            var (number, skip) = Math.DivRem(value, SealedSegments.ContentLength);
            _encrypted.Position = SealedSegments.HeaderLength + (number * SealedSegments.SegmentLength);
            (_number, _skip, _from, _to, _position, _ended) = (number, (int)skip, 0, 0, value, value >= Length);
        }
    }

    /// <summary>Reads the header, and finds the key that it names.</summary>
    /// <exception cref="Exception">The file has no header, or none of the keys encrypted it; the exception is that of its kind.</exception>
    public static async Task<UnsealingStream> OpenAsync(
        Stream encrypted, SealedFormat format, IReadOnlyList<SealingKey> keys, string name, CancellationToken cancellationToken)
    {
        var header = new byte[SealedSegments.HeaderLength];
        var read = await encrypted.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        return Open(encrypted, header.AsSpan(0, read), format, keys, name);
    }

    /// <summary>Opens a file whose header was read before.</summary>
    public static UnsealingStream Open(
        Stream encrypted, ReadOnlySpan<byte> header, SealedFormat format, IReadOnlyList<SealingKey> keys, string name)
    {
        if (header.Length < SealedSegments.HeaderLength || !IsSealed(header, format))
            throw format.Damaged(name, "its beginning is missing");
        var id = header.Slice(SealedSegments.MarkLength, SealingKey.IdLength).ToArray();
        var key = keys.FirstOrDefault(key => key.Id.AsSpan().SequenceEqual(id)) ?? throw format.UnknownKey(name);
        return new UnsealingStream(encrypted, format, key.CipherOf(name, header[^SealedSegments.SaltLength..]), name);
    }

    /// <summary>True when a file with these first bytes is of the kind.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> header, SealedFormat format) =>
        header.StartsWith(System.Text.Encoding.ASCII.GetBytes(format.Mark));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_from == _to && !_ended)
            Unseal(await _encrypted.ReadAtLeastAsync(_segment, _segment.Length, throwOnEndOfStream: false, cancellationToken));
        return Take(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        while (_from == _to && !_ended)
            Unseal(_encrypted.ReadAtLeast(_segment, _segment.Length, throwOnEndOfStream: false));
        return Take(buffer);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            _encrypted.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Unseal(int read)
    {
        var length = read - SealedSegments.TagLength;
        _ended = read < _segment.Length;
        if (length < 0)
            throw _format.Damaged(_name, "it is cut off");
        try
        {
            _cipher.Decrypt(SealedSegments.NonceOf(_number++, _ended), _segment.AsSpan(0, length), _segment.AsSpan(length, SealedSegments.TagLength), _plain.AsSpan(0, length));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw _format.Damaged(_name, "it was changed, or is cut off", exception);
        }
        (_from, _to, _skip) = (Math.Min(_skip, length), length, 0);
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _to - _from);
        _plain.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        _position += count;
        return count;
    }
}
