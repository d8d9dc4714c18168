using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// The catalogue of each tenant's documents, from which lists are made without reading every manifest. It is this
/// process's own, made anew from the document store at its start, and never the authority: whoever shows a document reads
/// its manifest. Every manifest is saved and removed here, one at a time of a document, so that the catalogue follows
/// before the request that changed it is answered. What other processes change is heard of, see
/// <see cref="CatalogueKeeper"/>.
/// </summary>
internal sealed class DocumentCatalogue : IDisposable
{
    /// <summary>How long a request waits for a catalogue that is being made.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int ReadsAtOnce = 8;

    private readonly IDocumentStore _store;
    private readonly DamageReport _damage;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentCatalogue> _logger;
    private readonly DocumentLocks _locks = new();
    private readonly ConcurrentDictionary<string, Lazy<TenantBuild>> _tenants = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Tenant, string Id), bool> _doubted = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Channel<bool> _doubts = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public DocumentCatalogue(IDocumentStore store, DamageReport damage, TimeProvider time, ILogger<DocumentCatalogue> logger)
    {
        (_store, _damage, _time, _logger) = (store, damage, time, logger);
        damage.WhenFound(Forget);
    }

    /// <summary>Whether changes of other processes may be missing here.</summary>
    public bool IsBehind { get; set; }

    /// <summary>Has an entry when the catalogue may not be as the store is, about a document or more.</summary>
    public ChannelReader<bool> Doubts => _doubts.Reader;

    /// <summary>Saves a manifest, see <see cref="IDocumentStore.SaveAsync"/>.</summary>
    public async Task<StoredManifest> SaveAsync(DocumentManifest manifest, string? etag, CancellationToken cancellationToken)
    {
        using var held = await _locks.LockAsync(manifest.Id, cancellationToken);
        try
        {
            var saved = await _store.SaveAsync(manifest, etag, cancellationToken);
            await FollowAsync(manifest.Tenant, manifest.Id, saved.Manifest);
            return saved;
        }
        catch (Exception exception) when (exception is not BlobConflictException)
        {
            Doubt(manifest.Tenant, manifest.Id); // it may have been saved all the same
            throw;
        }
    }

    /// <summary>Removes a manifest, see <see cref="IDocumentStore.DeleteManifestAsync"/>.</summary>
    public async Task DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        using var held = await _locks.LockAsync(id, cancellationToken);
        try
        {
            await _store.DeleteManifestAsync(tenant, id, cancellationToken);
            await FollowAsync(tenant, id, manifest: null);
        }
        catch
        {
            Doubt(tenant, id);
            throw;
        }
    }

    /// <summary>Makes the catalogue say of a document what the store says now, and returns that.</summary>
    /// <exception cref="CorruptBlobException">Its manifest is damaged: no list has it until that is restored.</exception>
    public async Task<DocumentManifest?> RefreshAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        using var held = await _locks.LockAsync(id, cancellationToken);
        try
        {
            var manifest = (await _store.FindAsync(tenant, id, cancellationToken))?.Manifest;
            await FollowAsync(tenant, id, manifest);
            return manifest;
        }
        catch (CorruptBlobException)
        {
            await FollowAsync(tenant, id, manifest: null);
            throw;
        }
    }

    /// <summary>Has a document looked at again soon.</summary>
    public void Doubt(string tenant, string id)
    {
        if (!_tenants.ContainsKey(tenant))
            return;
        _doubted[(tenant, id)] = true;
        _doubts.Writer.TryWrite(true);
    }

    /// <summary>The documents to be looked at again, which are none's from then on.</summary>
    public IReadOnlyList<(string Tenant, string Id)> TakeDoubted() => [.. _doubted.Keys.Where(key => _doubted.TryRemove(key, out _))];

    /// <summary>Uses the tenant's catalogue, which is made first if need be.</summary>
    /// <exception cref="CatalogueUnreadyException">That takes longer than a request waits, or there is no room for it.</exception>
    public async Task<T> UseAsync<T>(string tenant, Func<TenantCatalogue, Task<T>> use, CancellationToken cancellationToken)
    {
        var build = BuildOf(tenant);
        try
        {
            await ReadyAsync(tenant, build).WaitAsync(Patience, _time, cancellationToken);
            return await use(build.Catalogue);
        }
        catch (Exception exception) when (exception is TimeoutException or SqliteException)
        {
            throw new CatalogueUnreadyException(exception);
        }
    }

    /// <summary>Brings the tenant's catalogue to what the store says: one that is there is compared, else one is made.</summary>
    public async Task HealAsync(string tenant, CancellationToken cancellationToken)
    {
        var build = BuildOf(tenant);
        var wasReady = build.IsReady;
        await ReadyAsync(tenant, build).WaitAsync(cancellationToken);
        if (wasReady)
            await CompareAsync(tenant, build.Catalogue, cancellationToken);
    }

    public void Dispose()
    {
        _disposed.Cancel();
        foreach (var build in _tenants.Values)
            build.Value.Catalogue.Dispose();
        _locks.Dispose();
        _disposed.Dispose();
    }

    /// <summary>A damaged manifest costs its document, and holds nothing up that it lies in.</summary>
    private void Forget(CorruptBlobException damage)
    {
        if (_disposed.IsCancellationRequested || DocumentKeys.ManifestIn(damage.Key) is not var (tenant, id) || !_tenants.TryGetValue(tenant, out var build))
            return;
        build.Value.Catalogue.Forget(id);
        Doubt(tenant, id); // it may have been saved anew in this moment
    }

    /// <summary>What could not be written or read once does not count any more: another is made in its place.</summary>
    private TenantBuild BuildOf(string tenant)
    {
        var build = _tenants.GetOrAdd(tenant, _ => NewBuild());
        if (build.Value.Catalogue.Failure is not { } failure)
            return build.Value;
        if (_tenants.TryUpdate(tenant, NewBuild(), build))
            _logger.CatalogueDropped(tenant, failure);
        return _tenants.GetOrAdd(tenant, _ => NewBuild()).Value;
    }

    private static Lazy<TenantBuild> NewBuild() => new(() => new TenantBuild());

    private Task ReadyAsync(string tenant, TenantBuild build)
    {
        var stopping = _disposed.Token;
        return build.ReadyAsync(() => CompareAsync(tenant, build.Catalogue, stopping));
    }

    /// <summary>The caller holds the document's lock. Nothing to do where there is no catalogue: one that is made later reads the store.</summary>
    private async Task FollowAsync(string tenant, string id, DocumentManifest? manifest)
    {
        if (!_tenants.TryGetValue(tenant, out var build))
            return;
        try
        {
            await (manifest is { Deleted: false } ? build.Value.Catalogue.PutAsync(CatalogueRow.Of(manifest)) : build.Value.Catalogue.RemoveAsync(id));
        }
        catch (SqliteException)
        {
            // the document is saved; the catalogue remembers that it failed, and is made anew
        }
    }

    /// <summary>Reads every manifest. What is saved meanwhile is newer than what was read here, and stays.</summary>
    private async Task CompareAsync(string tenant, TenantCatalogue catalogue, CancellationToken cancellationToken)
    {
        var stored = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await catalogue.BeginComparisonAsync();
        try
        {
            var many = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(_store.ListIdsAsync(tenant, cancellationToken), many, async (id, cancelled) =>
            {
                stored[id] = true;
                if (await TryFindAsync(tenant, id, cancelled) is { Deleted: false } manifest)
                    await catalogue.PutUnlessWrittenAsync(CatalogueRow.Of(manifest));
            });
        }
        finally
        {
            await catalogue.EndComparisonAsync();
        }
        foreach (var id in (await catalogue.ListIdsAsync()).Where(id => !stored.ContainsKey(id)))
            await RefreshAsync(tenant, id, cancellationToken);
        _logger.CatalogueCompared(tenant, stored.Count, await catalogue.CountListsAsync());
    }

    private async Task<DocumentManifest?> TryFindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await _store.FindAsync(tenant, id, cancellationToken))?.Manifest;
        }
        catch (CorruptBlobException exception)
        {
            _damage.Add(exception);
            return null;
        }
    }
}
