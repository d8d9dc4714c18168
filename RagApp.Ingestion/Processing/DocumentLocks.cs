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

    public Task<IDisposable> LockAsync(string documentId, CancellationToken cancellationToken) => LockAsync([documentId], cancellationToken);

    /// <summary>Holds several documents at once. Whoever has a lock must not wait for another.</summary>
    public async Task<IDisposable> LockAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        await TakeAsync(
            [.. documentIds.Select(StripeOf).Distinct().Order()],
            () =>
            {
                foreach (var watcher in _watchers.Keys)
                    watcher.Add(documentIds);
            },
            cancellationToken);

    /// <summary>Notes from now on which documents were held, until it is disposed.</summary>
    public ChangedDocuments Watch()
    {
        ChangedDocuments watcher = null!;
        watcher = new ChangedDocuments(() => _watchers.TryRemove(watcher, out _));
        _watchers[watcher] = true;
        return watcher;
    }

    /// <summary>Holds every document: for a moment in which nothing may change. Whoever has one must not wait for another.</summary>
    public Task<IDisposable> LockAllAsync(CancellationToken cancellationToken) =>
        TakeAsync([.. Enumerable.Range(0, StripeCount)], noted: null, cancellationToken);

    /// <summary>Always in the same order, so that two who take several never wait for each other. Documents that share a lock only wait a little.</summary>
    private async Task<IDisposable> TakeAsync(IReadOnlyList<int> stripes, Action? noted, CancellationToken cancellationToken)
    {
        var taken = new Stack<SemaphoreSlim>();
        var held = new Held(() =>
        {
            noted?.Invoke();
            while (taken.TryPop(out var stripe))
                stripe.Release();
        });
        try
        {
            foreach (var stripe in stripes)
            {
                await _stripes[stripe].WaitAsync(cancellationToken);
                taken.Push(_stripes[stripe]);
            }
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static int StripeOf(string documentId) => (int)((uint)documentId.GetHashCode(StringComparison.Ordinal) % StripeCount);

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

    public void Add(IEnumerable<string> documentIds)
    {
        lock (_lock)
            _ids.UnionWith(documentIds);
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
