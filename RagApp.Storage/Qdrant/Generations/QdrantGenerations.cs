using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Terms;
using RagApp.Storage.Qdrant.Writing;

namespace RagApp.Storage.Qdrant.Generations;

/// <summary>
/// Stores generations as a payload field of the points: side by side in one collection, or in two when their models differ. A
/// record names the current generation.
/// </summary>
internal sealed class QdrantGenerations(
    QdrantPoints points, IndexCollections collections, CurrentGenerations generations, GenerationWriter writer, TermCounting counting) : IIndexGenerations
{
    /// <summary>Largest number of values that one facet request returns.</summary>
    private const int MostValues = CollectionLayout.LargestLimit;

    /// <summary>Generations that are being built in this process, by tenant and id.</summary>
    private readonly ConcurrentDictionary<(string Tenant, string Id), bool> _building = [];

    /// <summary>A generation with a unique id, so that points left over from an older generation never become part of it.</summary>
    public static IndexGeneration New(string model, int dimension) => new(Guid.NewGuid().ToString("N"), model, dimension);

    public Task<IndexGeneration?> FindCurrentAsync(string tenant, CancellationToken cancellationToken) =>
        generations.FindAsync(tenant, cancellationToken);

    public async Task<IIndexBuild> BuildAsync(string tenant, string model, int dimension, CancellationToken cancellationToken)
    {
        var generation = New(model, dimension);
        _building[(tenant, generation.Id)] = true;
        await collections.EnsureAsync(model, dimension, cancellationToken);
        await counting.BeginAsync(tenant, generation.Id, cancellationToken);
        return new Build(this, tenant, generation);
    }

    public async Task<IReadOnlyList<string>> ListLeftAsync(string tenant, CancellationToken cancellationToken)
    {
        if (await generations.FindAsync(tenant, cancellationToken) is not { Id: var current })
            return []; // any generation may be the current one
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var collection in await collections.ListAsync(cancellationToken))
        {
            found.UnionWith(await points.FacetAsync(collection.Alias, QdrantFields.Generation, QdrantFilter.ForWriter(tenant), MostValues, cancellationToken));
        }
        return [.. found.Where(id => id != current && !_building.ContainsKey((tenant, id))).Order(StringComparer.Ordinal)];
    }

    public async Task<bool> TryRemoveAsync(string tenant, string generation, CancellationToken cancellationToken)
    {
        if (_building.ContainsKey((tenant, generation)) || await generations.FindAsync(tenant, cancellationToken) is not { Id: var current } || current == generation)
            return false;
        await RemoveAsync(tenant, generation, cancellationToken);
        return true;
    }

    public async IAsyncEnumerable<string> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tenants = (await generations.ListAsync(cancellationToken)).Select(record => record.Tenant).ToHashSet(StringComparer.Ordinal);
        foreach (var collection in await collections.ListAsync(cancellationToken))
        {
            tenants.UnionWith(await points.FacetAsync(collection.Alias, QdrantFields.Tenant, filter: null, MostValues, cancellationToken));
        }
        foreach (var tenant in tenants)
            yield return tenant;
    }

    private GenerationWriter Writing => writer;

    private CurrentGenerations Current => generations;

    /// <summary>Ends a build and removes generations that are not current: after a switch the old one, without a switch the new one.</summary>
    /// <param name="isOffered">True when a switch to the generation was begun, so that it may be the current one.</param>
    private async Task EndAsync(string tenant, string generation, bool isOffered)
    {
        if (!_building.TryRemove((tenant, generation), out _))
            return;
        try
        {
            if (!isOffered)
                await RemoveAsync(tenant, generation, CancellationToken.None);
            foreach (var left in await ListLeftAsync(tenant, CancellationToken.None))
                await TryRemoveAsync(tenant, left, CancellationToken.None);
        }
        catch (QdrantException)
        {
            // No search uses what is left: a sweep removes it.
        }
    }

    private async Task RemoveAsync(string tenant, string generation, CancellationToken cancellationToken)
    {
        foreach (var collection in await collections.ListAsync(cancellationToken))
            await points.DeleteAsync(collection.Alias, IndexFilter.ForWriter(tenant, generation), cancellationToken);
        await counting.ForgetAsync(tenant, generation, cancellationToken);
    }

    private sealed class Build(QdrantGenerations owner, string tenant, IndexGeneration generation) : IIndexBuild
    {
        private bool _isOffered;

        public Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken) =>
            owner.Writing.ReplaceAsync(generation, document, cancellationToken);

        public Task RemoveAsync(string documentId, CancellationToken cancellationToken) =>
            owner.Writing.RemoveAsync(tenant, generation, [documentId], cancellationToken);

        public async Task SwitchAsync(CancellationToken cancellationToken)
        {
            _isOffered = true;
            await owner.Current.SetAsync(tenant, generation, cancellationToken);
            await owner.EndAsync(tenant, generation.Id, _isOffered);
        }

        public async ValueTask DisposeAsync() => await owner.EndAsync(tenant, generation.Id, _isOffered);
    }
}
