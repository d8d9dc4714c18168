using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// Which generation of each tenant answers: one point per tenant in a small collection. To replace it is one step, so a
/// search finds the old generation or the new one whole.
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
        var generation = await ReadAsync(tenant, cancellationToken);
        if (_known.Count >= MostTenants)
            _known.Clear();
        _known[tenant] = (generation, at);
        return generation;
    }

    /// <summary>Makes a generation the one that answers. Durable when it returns.</summary>
    public async Task SetAsync(string tenant, IndexGeneration generation, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        await points.UpsertAsync(Alias, [new GenerationRecord(tenant, generation).ToPoint()], cancellationToken);
        _known.TryRemove(tenant, out _);
    }

    /// <summary>Every tenant that has an index, with the generation that answers.</summary>
    public Task<IReadOnlyList<(string Tenant, IndexGeneration Generation)>> ListAsync(CancellationToken cancellationToken) =>
        ListAsync(Alias, cancellationToken);

    /// <summary>The same, by the records in a collection that is not the current one.</summary>
    public async Task<IReadOnlyList<(string Tenant, IndexGeneration Generation)>> ListAsync(string collection, CancellationToken cancellationToken)
    {
        try
        {
            return await points.ScrollAsync(collection, filter: null, GenerationRecord.Fields, cancellationToken)
                .Select(GenerationRecord.Read)
                .Select(record => (record.Tenant, record.Generation))
                .ToListAsync(cancellationToken);
        }
        catch (QdrantException exception) when (exception.IsNotFound)
        {
            return [];
        }
    }

    /// <summary>Every alias of this installation: that of the records, and those of the collections that they speak of.</summary>
    public async Task<IReadOnlyList<AliasDescription>> ListAliasesAsync(CancellationToken cancellationToken) =>
        [.. (await client.ListAliasesAsync(cancellationToken)).Where(alias => IsOurs(alias.AliasName))];

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
            if (!(await client.ListAliasesAsync(cancellationToken)).Any(alias => alias.AliasName == Alias))
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

    private async Task<IndexGeneration?> ReadAsync(string tenant, CancellationToken cancellationToken)
    {
        try
        {
            var record = await points.ScrollAsync(Alias, QdrantFilter.ForWriter(tenant), GenerationRecord.Fields, cancellationToken).FirstOrDefaultAsync(cancellationToken);
            return record is null ? null : GenerationRecord.Read(record).Generation;
        }
        catch (QdrantException exception) when (exception.IsNotFound)
        {
            return null; // nobody has written yet
        }
    }
}
