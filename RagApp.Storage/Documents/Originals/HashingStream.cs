using System.Security.Cryptography;

namespace RagApp.Storage.Documents.Originals;

/// <summary>Reads another stream once, from its beginning, and hashes the bytes that were read.</summary>
internal abstract class HashingStream(Stream content) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>SHA-256 of the bytes read so far, lower-case hex.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public sealed override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        return Pass(buffer.Span, read);
    }

    public sealed override int Read(Span<byte> buffer) => Pass(buffer, content.Read(buffer));

    /// <summary>Called after each read with the number of bytes read; 0 at the end of the stream. Reads into an empty buffer do not count.</summary>
    protected abstract void OnPassed(int bytes);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private int Pass(Span<byte> buffer, int read)
    {
        _hash.AppendData(buffer[..read]);
        if (buffer.Length > 0)
            OnPassed(read);
        return read;
    }
}
