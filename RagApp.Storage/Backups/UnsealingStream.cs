using System.Security.Cryptography;

namespace RagApp.Storage.Backups;

/// <summary>Reads the content of an encrypted file, see <see cref="SealedSegments"/>. Every byte it gives was verified.</summary>
internal sealed class UnsealingStream : ReadOnlyStream
{
    private readonly Stream _encrypted;
    private readonly AesGcm _cipher;
    private readonly string _name;
    private readonly byte[] _segment = new byte[SealedSegments.ContentLength + SealedSegments.TagLength];
    private readonly byte[] _plain = new byte[SealedSegments.ContentLength];
    private int _from;
    private int _to;
    private long _number;
    private bool _ended;

    private UnsealingStream(Stream encrypted, AesGcm cipher, string name)
    {
        (_encrypted, _cipher, _name) = (encrypted, cipher, name);
    }

    /// <summary>Reads the header, and finds the key that it names.</summary>
    /// <exception cref="InvalidDataException">The file has no header, or none of the keys encrypted it.</exception>
    public static async Task<UnsealingStream> OpenAsync(Stream encrypted, IReadOnlyList<BackupKey> keys, string name, CancellationToken cancellationToken)
    {
        var header = new byte[SealedSegments.HeaderLength];
        var read = await encrypted.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        if (read < header.Length || !header.AsSpan().StartsWith(SealedSegments.Format))
            throw new InvalidDataException($"The backup's file '{name}' is cut off, or is no file of a backup.");
        var id = header.AsSpan(SealedSegments.Format.Length, BackupKey.IdLength).ToArray();
        var key = keys.FirstOrDefault(key => key.Id.AsSpan().SequenceEqual(id))
            ?? throw new InvalidDataException("The backup was encrypted with another key: configure that one as Backup:Key, or among Backup:OldKeys.");
        return new UnsealingStream(encrypted, key.CipherOf(name, header.AsSpan(^SealedSegments.SaltLength)), name);
    }

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
        try
        {
            if (length < 0)
                throw new InvalidDataException($"The backup's file '{_name}' is cut off.");
            _cipher.Decrypt(SealedSegments.NonceOf(_number++, _ended), _segment.AsSpan(0, length), _segment.AsSpan(length, SealedSegments.TagLength), _plain.AsSpan(0, length));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidDataException($"The backup's file '{_name}' is damaged, was changed, or is cut off.", exception);
        }
        (_from, _to) = (0, length);
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _to - _from);
        _plain.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        return count;
    }
}
