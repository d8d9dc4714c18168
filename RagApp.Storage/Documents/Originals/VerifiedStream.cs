using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents.Originals;

/// <summary>Reads a stored original and throws at its end when its hash is not that of the upload. Disposing it closes the original.</summary>
internal sealed class VerifiedStream(string key, Stream content, string sha256) : HashingStream(content)
{
    private readonly Stream _content = content;

    protected override void OnPassed(int bytes)
    {
        if (bytes == 0 && !string.Equals(Sha256(), sha256, StringComparison.Ordinal))
            throw new CorruptBlobException(key, "its checksum does not match");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }
}
