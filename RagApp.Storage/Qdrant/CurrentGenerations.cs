using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// Which generation of each tenant answers: a point per tenant in a small collection. Another generation is a point of its
/// own, and the newest counts, so that a search finds the old generation or the new one whole.
/// </summary>
internal sealed class CurrentGenerations(QdrantClient client, QdrantPoints points, QdrantRest rest, IOptions<QdrantOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>So long a search may begin with a generation that was replaced; it looks again before it answers.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Tenants remembered; beyond, all are asked for again.</summary>
    private const int MostTenants = 10_000;

    private readonly ConcurrentDictionary<string, (IndexGeneration? Generation, long At)> _known = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _making = new(1, 1);
    private bool _made;

    /// <summary>The small collection's alias.</summary>
    public string Alias => options.Value.RecordsAlias;

    /// <summary>As of at most a second ago; null when the tenant has no index.</summary>
    public async Task<IndexGeneration?> FindRecentAsync(string tenant, CancellationToken cancellationToken) =>
        _known.TryGetValue(tenant, out var known) && time.GetElapsedTime(known.At) < Fresh
            ? known.Generation
            : await FindAsync(tenant, cancellationToken);

    /// <summary>As of now, by a quorum of the copies; null when the tenant has no index.</summary>
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
    /// Makes a generation the one that answers: its record is added, and then the others are removed. Durable when it
    /// returns. A failure in between leaves records that do not count, and the next switch removes them.
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

    /// <summary>Every tenant that has an index, with the generation that answers.</summary>
    public Task<IReadOnlyList<(string Tenant, IndexGeneration Generation)>> ListAsync(CancellationToken cancellationToken) =>
        ListAsync(Alias, cancellationToken);

    /// <summary>The same, by the records in a collection that is not the current one.</summary>
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

    /// <summary>Whether a collection or an alias of that name is this installation's: others may share the server.</summary>
    public bool IsOurs(string name) =>
        name == Alias || name.StartsWith($"{Alias}-", StringComparison.Ordinal) || name.StartsWith($"{options.Value.Prefix}-", StringComparison.Ordinal);

    /// <summary>Forgets what was read, as after a restore.</summary>
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
            if (await client.FindCollectionAsync(Alias, cancellationToken) is null) // which a majority of the nodes must say
                await CreateAsync($"{Alias}-v1", cancellationToken);
            Volatile.Write(ref _made, true);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Points without vectors; a collection wants to know of one all the same.</summary>
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
            return null; // nobody has written yet
        }
    }
}
