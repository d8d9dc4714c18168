using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Sealing;

/// <summary>Reads a stream encrypted, see <see cref="SealedSegments"/>. After its end it knows length and checksum of the content.</summary>
internal sealed class SealingStream : ReadOnlyStream
{
    private readonly Stream _content;
    private readonly bool _leaveOpen;
    private readonly AesGcm _cipher;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _plain = new byte[SealedSegments.ContentLength];
    private readonly byte[] _sealed = new byte[SealedSegments.SegmentLength];
    private int _from;
    private int _to;
    private long _number;
    private bool _ended;

    /// <param name="leaveOpen">True when the content is the caller's to dispose.</param>
    public SealingStream(Stream content, SealingKey key, string name, bool leaveOpen = false)
    {
        (_content, _leaveOpen) = (content, leaveOpen);
        var salt = RandomNumberGenerator.GetBytes(SealedSegments.SaltLength);
        _cipher = key.CipherOf(name, salt);
        Encoding.ASCII.GetBytes(key.Format.Mark, _sealed);
        key.Id.CopyTo(_sealed, SealedSegments.MarkLength);
        salt.CopyTo(_sealed, SealedSegments.MarkLength + SealingKey.IdLength);
        _to = SealedSegments.HeaderLength;
    }

    /// <summary>Number of content bytes read so far.</summary>
    public long ContentBytes { get; private set; }

    /// <summary>SHA-256 of the content read so far, lower-case hex.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_from == _to && !_ended)
            Seal(await _content.ReadAtLeastAsync(_plain, _plain.Length, throwOnEndOfStream: false, cancellationToken));
        return Take(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_from == _to && !_ended)
            Seal(_content.ReadAtLeast(_plain, _plain.Length, throwOnEndOfStream: false));
        return Take(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            _hash.Dispose();
            if (!_leaveOpen)
                _content.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Seal(int read)
    {
        var content = _plain.AsSpan(0, read);
        _hash.AppendData(content);
        ContentBytes += read;
        _ended = read < _plain.Length;
        _cipher.Encrypt(SealedSegments.NonceOf(_number++, _ended), content, _sealed.AsSpan(0, read), _sealed.AsSpan(read, SealedSegments.TagLength));
        (_from, _to) = (0, read + SealedSegments.TagLength);
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _to - _from);
        _sealed.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        return count;
    }
}
