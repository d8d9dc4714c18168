using System.Collections.Concurrent;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// One at a time per document, where the index and the manifest must change together: an old version must not be
/// put into the index after a new one, nor a document after its deletion. One process writes a tenant's index, so
/// a lock within it is enough.
/// </summary>
internal sealed class DocumentLocks
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _stripes = new(StringComparer.Ordinal);

    public async Task<IDisposable> LockAsync(string documentId, CancellationToken cancellationToken)
    {
        // Two hex digits of the id: 256 locks at most, and documents that share one only wait a little.
        var stripe = _stripes.GetOrAdd(documentId[..2], _ => new SemaphoreSlim(1, 1));
        await stripe.WaitAsync(cancellationToken);
        return new Held(stripe);
    }

    private sealed class Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
