using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// The catalogue of each tenant's documents, from which lists are made without reading every manifest. Each process
/// builds its own from the document store at its start. The catalogue never decides what is shown: whoever shows a
/// document reads its manifest. All manifests are saved and deleted through this class, one change at a time for each
/// document, so that the catalogue is up to date before the request that made the change is answered. <see
/// cref="CatalogueKeeper"/> brings in the changes of other processes.
/// </summary>
internal sealed class DocumentCatalogue : IDisposable
{
    /// <summary>Longest time a request waits for a catalogue that is being built.</summary>
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromSeconds(10);

    private const int ReadsAtOnce = 8;

    private readonly IManifestStore _documents;
    private readonly DamageReport _damage;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentCatalogue> _logger;
    private readonly DocumentLocks _locks = new();
    private readonly ConcurrentDictionary<string, Lazy<TenantBuild>> _tenants = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Tenant, string Id), bool> _doubted = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Channel<bool> _doubts = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public DocumentCatalogue(IManifestStore documents, DamageReport damage, TimeProvider time, ILogger<DocumentCatalogue> logger)
    {
        (_documents, _damage, _time, _logger) = (documents, damage, time, logger);
        damage.WhenFound(Forget);
    }

    /// <summary>True when changes made by other processes may be missing from the catalogue.</summary>
    public bool IsBehind { get; set; }

    /// <summary>Has an entry when at least one document in the catalogue may differ from the store.</summary>
    public ChannelReader<bool> Doubts => _doubts.Reader;

    /// <summary>Saves a manifest, see <see cref="IManifestStore.SaveAsync"/>.</summary>
    public async Task<StoredManifest> SaveAsync(DocumentManifest manifest, string? etag, CancellationToken cancellationToken)
    {
        using var held = await _locks.LockAsync(manifest.Id, cancellationToken);
        try
        {
            var saved = await _documents.SaveAsync(manifest, etag, cancellationToken);
            await FollowAsync(manifest.Tenant, manifest.Id, saved.Manifest);
            return saved;
        }
        catch (Exception exception) when (exception is not BlobConflictException)
        {
            Doubt(manifest.Tenant, manifest.Id); // the save may have succeeded in spite of the exception
            throw;
        }
    }

    /// <summary>Removes a manifest, see <see cref="IManifestStore.DeleteAsync"/>.</summary>
    public async Task DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        using var held = await _locks.LockAsync(id, cancellationToken);
        try
        {
            await _documents.DeleteAsync(tenant, id, cancellationToken);
            await FollowAsync(tenant, id, manifest: null);
        }
        catch
        {
            Doubt(tenant, id);
            throw;
        }
    }

    /// <summary>Updates the document in the catalogue from the store, and returns its manifest.</summary>
    /// <exception cref="CorruptBlobException">The manifest is damaged. The document is in no list until the manifest is restored.</exception>
    public async Task<DocumentManifest?> RefreshAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        using var held = await _locks.LockAsync(id, cancellationToken);
        try
        {
            var manifest = (await _documents.FindAsync(tenant, id, cancellationToken))?.Manifest;
            await FollowAsync(tenant, id, manifest);
            return manifest;
        }
        catch (CorruptBlobException)
        {
            await FollowAsync(tenant, id, manifest: null);
            throw;
        }
    }

    /// <summary>Marks a document to be read again soon.</summary>
    public void Doubt(string tenant, string id)
    {
        if (!_tenants.ContainsKey(tenant))
            return;
        _doubted[(tenant, id)] = true;
        _doubts.Writer.TryWrite(true);
    }

    /// <summary>Returns the documents marked to be read again, and clears the marks.</summary>
    public IReadOnlyList<(string Tenant, string Id)> TakeDoubted() => [.. _doubted.Keys.Where(key => _doubted.TryRemove(key, out _))];

    /// <summary>Runs <paramref name="use"/> on the tenant's catalogue, which is built first when there is none.</summary>
    /// <exception cref="CatalogueUnreadyException">Building takes longer than a request waits, or SQLite failed.</exception>
    public async Task<T> UseAsync<T>(string tenant, Func<TenantCatalogue, Task<T>> use, CancellationToken cancellationToken)
    {
        var build = BuildOf(tenant);
        try
        {
            await ReadyAsync(tenant, build).WaitAsync(BuildTimeout, _time, cancellationToken);
            return await use(build.Catalogue);
        }
        catch (Exception exception) when (exception is TimeoutException or SqliteException)
        {
            throw new CatalogueUnreadyException(exception);
        }
    }

    /// <summary>Brings the tenant's catalogue in step with the store: compares an existing catalogue, or builds a new one.</summary>
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

    /// <summary>Removes the document with the damaged manifest from its tenant's catalogue, and marks it to be read again.</summary>
    private void Forget(CorruptBlobException damage)
    {
        if (_disposed.IsCancellationRequested || DocumentKeys.ManifestIn(damage.Key) is not var (tenant, id) || !_tenants.TryGetValue(tenant, out var build))
            return;
        build.Value.Catalogue.Forget(id);
        Doubt(tenant, id); // the manifest may have been saved again in the meantime
    }

    /// <summary>The tenant's build of the catalogue. A build whose database failed is replaced by a new one.</summary>
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

    /// <summary>
    /// Updates the document in the tenant's catalogue, if there is one; a catalogue that is built later reads the
    /// store. The caller holds the document's lock.
    /// </summary>
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
            // the document is saved; the catalogue has recorded its failure and is built anew
        }
    }

    /// <summary>Reads every manifest into the catalogue. A row written since the comparison began is newer and is kept.</summary>
    private async Task CompareAsync(string tenant, TenantCatalogue catalogue, CancellationToken cancellationToken)
    {
        var stored = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await catalogue.BeginComparisonAsync();
        try
        {
            var many = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(_documents.ListIdsAsync(tenant, cancellationToken), many, async (id, cancelled) =>
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
            return (await _documents.FindAsync(tenant, id, cancellationToken))?.Manifest;
        }
        catch (CorruptBlobException exception)
        {
            _damage.Add(exception);
            return null;
        }
    }
}
