using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Payloads;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// Records the current generation of each tenant, as points in a small collection. A switch adds a point with a higher order
/// number, so that a search uses the old generation or the new one, never a mixture.
/// </summary>
internal sealed class CurrentGenerations(QdrantClient client, QdrantPoints points, QdrantRest rest, IOptions<QdrantOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Age up to which a cached record is used to begin a search; the search checks the record again before it answers.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Largest number of cached tenants; when there are more, the cache is emptied.</summary>
    private const int MostTenants = 10_000;

    private readonly ConcurrentDictionary<string, (IndexGeneration? Generation, long At)> _known = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _making = new(1, 1);
    private bool _made;

    /// <summary>Alias of the collection with the records.</summary>
    public string Alias => options.Value.RecordsAlias;

    /// <summary>The tenant's current generation, at most a second old; null when the tenant has no index.</summary>
    public async Task<IndexGeneration?> FindRecentAsync(string tenant, CancellationToken cancellationToken) =>
        _known.TryGetValue(tenant, out var known) && time.GetElapsedTime(known.At) < Fresh
            ? known.Generation
            : await FindAsync(tenant, cancellationToken);

    /// <summary>The tenant's current generation by a quorum of the replicas; null when the tenant has no index.</summary>
    public async Task<IndexGeneration?> FindAsync(string tenant, CancellationToken cancellationToken)
    {
        var at = time.GetTimestamp();
        var generation = await ReadNewestAsync(tenant, cancellationToken);
        if (_known.Count >= MostTenants)
            _known.Clear();
        _known[tenant] = (generation, at);
        return generation;
    }

    /// <summary>
    /// Makes a generation the current one: adds its record, then removes the older ones. Durable when it returns. After a failure
    /// in between, older records are left without effect, and the next switch removes them.
    /// </summary>
    public async Task SetAsync(string tenant, IndexGeneration generation, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        var before = await ReadAsync(Alias, QdrantFilter.ForWriter(tenant), cancellationToken).ToListAsync(cancellationToken);
        var newest = before.MaxBy(record => record.Order);
        if (newest?.Generation != generation)
        {
            newest = new GenerationRecord(PointIds.OfRecord(tenant, generation.Id), tenant, generation, (newest?.Order ?? 0) + 1);
            await points.UpsertAsync(Alias, [newest.ToPoint()], cancellationToken);
        }
        _known.TryRemove(tenant, out _);
        Guid[] others = [.. before.Select(record => record.Id).Where(id => id != newest.Id)];
        if (others.Length > 0)
            await points.DeleteAsync(Alias, QdrantFilter.ForWriter(tenant).And(QdrantCondition.IsPoint(others)), cancellationToken);
    }

    /// <summary>All tenants that have an index, with their current generations.</summary>
    public Task<IReadOnlyList<(string Tenant, IndexGeneration Generation)>> ListAsync(CancellationToken cancellationToken) =>
        ListAsync(Alias, cancellationToken);

    /// <summary>All tenants with their current generations, from the records in another collection, such as a restored one.</summary>
    public async Task<IReadOnlyList<(string Tenant, IndexGeneration Generation)>> ListAsync(string collection, CancellationToken cancellationToken)
    {
        try
        {
            var records = await ReadAsync(collection, filter: null, cancellationToken).ToListAsync(cancellationToken);
            return [.. records.GroupBy(record => record.Tenant, StringComparer.Ordinal).Select(tenant => (tenant.Key, tenant.MaxBy(record => record.Order)!.Generation))];
        }
        catch (QdrantException exception) when (exception.IsNotFound)
        {
            return [];
        }
    }

    /// <summary>True when a collection or alias with this name belongs to this installation; others may share the server.</summary>
    public bool IsOurs(string name) =>
        name == Alias || name.StartsWith($"{Alias}-", StringComparison.Ordinal) || name.StartsWith($"{options.Value.Prefix}-", StringComparison.Ordinal);

    /// <summary>Discards all cached records, as after a restore.</summary>
    public void Forget()
    {
        _known.Clear();
        _made = false;
    }

    public void Dispose() => _making.Dispose();

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _made))
            return;
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (await client.FindCollectionAsync(Alias, cancellationToken) is null) // not found needs a majority of the nodes
                await CreateAsync($"{Alias}-v1", cancellationToken);
            Volatile.Write(ref _made, true);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Creates the collection for points without vectors; the server requires a vector's definition all the same.</summary>
    private async Task CreateAsync(string collection, CancellationToken cancellationToken)
    {
        var nodes = (await rest.GetClusterAsync(cancellationToken)).Size;
        var settings = CollectionLayout.ForRecords(nodes);
        settings.CollectionName = collection;
        await client.CreateUnlessThereAsync(settings, cancellationToken);
        await client.CreateIndexAsync(collection, QdrantFields.Tenant, cancellationToken);
        await client.SpreadReadsAsync(collection, nodes, cancellationToken);
        await client.UpdateAliasesAsync([new AliasOperations { CreateAlias = new CreateAlias { AliasName = Alias, CollectionName = collection } }], cancellationToken: cancellationToken);
    }

    private IAsyncEnumerable<GenerationRecord> ReadAsync(string collection, QdrantFilter? filter, CancellationToken cancellationToken) =>
        points.ScrollAsync(collection, filter, GenerationRecord.Fields, cancellationToken).Select(GenerationRecord.Read);

    private async Task<IndexGeneration?> ReadNewestAsync(string tenant, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(Alias, QdrantFilter.ForWriter(tenant), cancellationToken).ToListAsync(cancellationToken)).MaxBy(record => record.Order)?.Generation;
        }
        catch (QdrantException exception) when (exception.IsNotFound)
        {
            return null; // nothing has been written yet
        }
    }
}
