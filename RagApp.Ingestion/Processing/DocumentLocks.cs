using System.Collections.Concurrent;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// One at a time per document, where the index and the manifest must change together: an old version must not be
/// put into the index after a new one, nor a document after its deletion. One process writes a tenant's index, so
/// a lock within it is enough. All that changes the index passes here, so that a new build of the index can be told
/// what changed meanwhile, and can hold every change for the moment of its switch.
/// </summary>
internal sealed class DocumentLocks
{
    private const int StripeCount = 256;

    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly ConcurrentDictionary<ChangedDocuments, bool> _watchers = [];

    public async Task<IDisposable> LockAsync(string documentId, CancellationToken cancellationToken)
    {
        // Documents that share a lock only wait a little.
        var stripe = _stripes[(uint)documentId.GetHashCode(StringComparison.Ordinal) % StripeCount];
        await stripe.WaitAsync(cancellationToken);
        return new Held(() =>
        {
            foreach (var watcher in _watchers.Keys)
                watcher.Add(documentId);
            stripe.Release();
        });
    }

    /// <summary>Notes from now on which documents were held, until it is disposed.</summary>
    public ChangedDocuments Watch()
    {
        ChangedDocuments watcher = null!;
        watcher = new ChangedDocuments(() => _watchers.TryRemove(watcher, out _));
        _watchers[watcher] = true;
        return watcher;
    }

    /// <summary>Holds every document: for a moment in which nothing may change. Whoever has one must not wait for another.</summary>
    public async Task<IDisposable> LockAllAsync(CancellationToken cancellationToken)
    {
        var taken = new Stack<SemaphoreSlim>();
        var all = new Held(() =>
        {
            while (taken.TryPop(out var stripe))
                stripe.Release();
        });
        try
        {
            foreach (var stripe in _stripes)
            {
                await stripe.WaitAsync(cancellationToken);
                taken.Push(stripe);
            }
            return all;
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    private sealed class Held(Action release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}

/// <summary>The ids of documents whose index entries may have changed, of every tenant.</summary>
internal sealed class ChangedDocuments(Action end) : IDisposable
{
    private readonly Lock _lock = new();
    private HashSet<string> _ids = new(StringComparer.Ordinal);

    public void Add(string documentId)
    {
        lock (_lock)
            _ids.Add(documentId);
    }

    /// <summary>Those noted since the last call.</summary>
    public IReadOnlyCollection<string> Take()
    {
        lock (_lock)
        {
            var taken = _ids;
            _ids = new HashSet<string>(StringComparer.Ordinal);
            return taken;
        }
    }

    public void Dispose() => end();
}
