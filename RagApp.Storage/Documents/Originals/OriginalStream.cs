namespace RagApp.Storage.Documents.Originals;

/// <summary>
/// Counts and hashes an upload while it is stored, and throws when it exceeds the limit. Disposing it leaves the inner stream
/// open.
/// </summary>
internal sealed class OriginalStream(Stream content, long maxBytes) : HashingStream(content)
{
    public long Count { get; private set; }

    protected override void OnPassed(int bytes)
    {
        Count += bytes;
        if (Count > maxBytes)
            throw new OriginalTooLargeException(maxBytes);
    }
}
