namespace RagApp.Storage.Documents;

/// <summary>An original on its way in: counts and hashes what passes, and stops it at the limit. The caller keeps the stream behind it.</summary>
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
