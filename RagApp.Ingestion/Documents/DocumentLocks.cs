using System.Runtime.InteropServices;

namespace RagApp.Ingestion.Documents;

/// <summary>
/// Locks by document, for changes in which index and manifest must change together: an old version must not enter the
/// index after a new one, nor a document after its deletion. A change of one document waits for no other document; a
/// change of an archive waits for the documents in it. Only one process writes a tenant's documents, so locks inside
/// the process are enough. Every change of the index goes through the one registered instance, so that a rebuild of the
/// index can learn what changed meanwhile and can block all changes while it switches indexes.
/// </summary>
internal sealed class DocumentLocks : IDisposable
{
    /// <summary>Number of callers that may hold locks at once. Locking all documents takes all of these places.</summary>
    private const int Places = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DocumentLock> _locks = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _places = new(Places, Places);
    private readonly SemaphoreSlim _everything = new(1, 1);
    private readonly HashSet<ChangedDocuments> _watchers = [];

    public Task<IDisposable> LockAsync(string documentId, CancellationToken cancellationToken) => LockAsync([documentId], cancellationToken);

    /// <summary>Locks several documents at once. A caller that holds a lock must not wait for another.</summary>
    public async Task<IDisposable> LockAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
    {
        var held = new Held(this);
        try
        {
            await held.TakePlacesAsync(1, cancellationToken);
            // always in the same order, so that no deadlock can occur
            foreach (var id in documentIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                await held.TakeAsync(id, cancellationToken);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Records which documents are locked from now on, until the result is disposed.</summary>
    public ChangedDocuments Watch()
    {
        ChangedDocuments watcher = null!;
        watcher = new ChangedDocuments(() =>
        {
            lock (_gate)
                _watchers.Remove(watcher);
        });
        lock (_gate)
            _watchers.Add(watcher);
        return watcher;
    }

    /// <summary>Locks all documents, so that nothing can change. A caller that holds a lock must not wait for another.</summary>
    public async Task<IDisposable> LockAllAsync(CancellationToken cancellationToken)
    {
        await _everything.WaitAsync(cancellationToken); // two callers with half of the places each would deadlock
        var held = new Held(this);
        try
        {
            await held.TakePlacesAsync(Places, cancellationToken);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
        finally
        {
            _everything.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _everything.Dispose();
    }

    private SemaphoreSlim Enter(string id)
    {
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_locks, id, out _);
            entry = (entry ?? new DocumentLock(new SemaphoreSlim(1, 1), Users: 0)) with { Users = (entry?.Users ?? 0) + 1 };
            return entry.Turn;
        }
    }

    /// <summary>Ends a caller's wait for a document, or its hold on it.</summary>
    private void Leave(string id, bool held)
    {
        lock (_gate)
        {
            var entry = _locks[id];
            if (held)
            {
                entry.Turn.Release();
                foreach (var watcher in _watchers)
                    watcher.Add(id);
            }
            if (entry.Users == 1)
                _locks.Remove(id);
            else
                _locks[id] = entry with { Users = entry.Users - 1 };
        }
    }

    private sealed record DocumentLock(SemaphoreSlim Turn, int Users);

    private sealed class Held(DocumentLocks locks) : IDisposable
    {
        private readonly Stack<string> _documents = new();
        private int _places;

        public async Task TakePlacesAsync(int count, CancellationToken cancellationToken)
        {
            for (; count > 0; count--)
            {
                await locks._places.WaitAsync(cancellationToken);
                _places++;
            }
        }

        public async Task TakeAsync(string id, CancellationToken cancellationToken)
        {
            var turn = locks.Enter(id);
            try
            {
                await turn.WaitAsync(cancellationToken);
            }
            catch
            {
                locks.Leave(id, held: false);
                throw;
            }
            _documents.Push(id);
        }

        public void Dispose()
        {
            while (_documents.TryPop(out var id))
                locks.Leave(id, held: true);
            if (Interlocked.Exchange(ref _places, 0) is > 0 and var places)
                locks._places.Release(places);
        }
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

    /// <summary>The ids recorded since the last call.</summary>
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
