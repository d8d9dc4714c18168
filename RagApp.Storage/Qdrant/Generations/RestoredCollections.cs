using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Storage.Qdrant.Searching;
using RagApp.Storage.Qdrant.Terms;

namespace RagApp.Storage.Qdrant.Generations;

/// <summary>
/// Collections restored from a snapshot, under new names. The switch moves all aliases to them atomically: until then, and
/// after a failure, the present index keeps answering.
/// </summary>
internal sealed class RestoredCollections(
    QdrantClient client, QdrantAliases aliases, QdrantPoints points, IndexCollections collections, CurrentGenerations generations, TermCounting counting, ListSearch lists, TimeProvider time, string mark, IReadOnlyList<string> names)
    : IRestoredIndex
{
    private static readonly TimeSpan LongestDeletion = TimeSpan.FromSeconds(5);

    private Dictionary<string, IndexGeneration> _restored = [];
    private bool _switched;

    /// <summary>Part of the name of every restored collection, and of no other.</summary>
    public const string Mark = "-restored-";

    /// <summary>Part of the name of every collection that is only tried out: a drill and a restore leave each other's alone.</summary>
    public const string DrillMark = "-drill-";

    /// <summary>The aliases, with the names of the restored collections.</summary>
    public IReadOnlyList<CreateAlias> Aliases { get; } = [.. names.Select(alias => new CreateAlias { AliasName = alias, CollectionName = $"{alias}{mark}{Guid.NewGuid():N}" })];

    public IReadOnlyList<string> Tenants => [.. _restored.Keys];

    /// <summary>Reads the current generation of each tenant from the restored records.</summary>
    /// <exception cref="InvalidDataException">The snapshot lacks the collection of a generation.</exception>
    public async Task FindGenerationsAsync(CancellationToken cancellationToken)
    {
        if (FindCollection(generations.Alias) is not { } records)
            return; // nothing had been written yet
        _restored = (await generations.ListAsync(records, cancellationToken)).ToDictionary(one => one.Tenant, one => one.Generation, StringComparer.Ordinal);
        foreach (var (tenant, generation) in _restored)
        {
            if (FindCollection(AliasOf(generation)) is null)
                throw new InvalidDataException($"The snapshot has no collection for the model '{generation.Model}' of the tenant '{tenant}'.");
        }
    }

    public IAsyncEnumerable<IndexedVersion> ScanAsync(string tenant, CancellationToken cancellationToken) =>
        ScannedChunk.ScanAsync(points, CollectionOf(tenant), IndexFilter.ForWriter(tenant, _restored[tenant].Id), cancellationToken);

    public async Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken)
    {
        var search = await lists.BeginAsync(query, filter, _restored[filter.Tenant], CollectionOf(filter.Tenant), cancellationToken);
        await search.FindAsync(cancellationToken);
        await search.CompleteAsync(cancellationToken);
        return search.ToCandidates();
    }

    public Task ChangeAccessAsync(
        string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken) =>
        points.SetPayloadAsync(CollectionOf(tenant), IndexFilter.ForWriter(tenant, _restored[tenant].Id, documentIds), ChunkPayload.AccessOf(access), cancellationToken);

    public Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        points.DeleteAsync(CollectionOf(tenant), IndexFilter.ForWriter(tenant, _restored[tenant].Id, documentIds), cancellationToken);

    /// <summary>1. Moves the aliases atomically. 2. Removes the old collections, and discards the term statistics, which are counted again.</summary>
    public async Task SwitchAsync(CancellationToken cancellationToken)
    {
        var before = (await aliases.ListOfAllNodesAsync(cancellationToken)).Where(alias => generations.IsOurs(alias.AliasName)).ToList();
        await client.UpdateAliasesAsync(
            [
                .. before.DistinctBy(alias => alias.AliasName, StringComparer.Ordinal).Select(alias => new AliasOperations { DeleteAlias = new DeleteAlias { AliasName = alias.AliasName } }),
                .. Aliases.Select(alias => new AliasOperations { CreateAlias = alias }),
            ],
            cancellationToken: cancellationToken); // 1
        _switched = true;
        collections.Forget(); // 2
        generations.Forget();
        foreach (var alias in before)
            await client.DeleteIfThereAsync(alias.CollectionName, CancellationToken.None);
        foreach (var (tenant, generation) in _restored)
            await counting.ForgetAsync(tenant, generation.Id, CancellationToken.None);
    }

    /// <summary>Removes the restored collections when there was no switch; the next restore removes those that cannot be removed in time.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_switched)
            return;
        using var limit = new CancellationTokenSource(LongestDeletion, time);
        try
        {
            foreach (var alias in Aliases)
                await client.DeleteIfThereAsync(alias.CollectionName, limit.Token);
        }
        catch (Exception exception) when (exception is QdrantException or OperationCanceledException)
        {
            // The failure of the restore itself is reported.
        }
    }

    private string CollectionOf(string tenant) => FindCollection(AliasOf(_restored[tenant]))!;

    private string? FindCollection(string alias) => Aliases.FirstOrDefault(restored => restored.AliasName == alias)?.CollectionName;

    private string AliasOf(IndexGeneration generation) => collections.AliasOf(generation.Model, generation.Dimension);
}
