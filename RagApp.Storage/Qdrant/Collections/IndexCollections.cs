using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>Finds and creates the collections of this installation, and compares their settings with the expected ones.</summary>
internal sealed class IndexCollections(QdrantClient client, QdrantAliases aliases, QdrantRest rest, IOptions<QdrantOptions> options, ILogger<IndexCollections> logger)
{
    private readonly ConcurrentDictionary<string, IndexCollection> _checked = new(StringComparer.Ordinal);

    /// <summary>Alias of a model's collection, which need not exist.</summary>
    public string AliasOf(string model, int dimension) => IndexCollection.For(options.Value.Prefix, model, dimension).Alias;

    /// <summary>
    /// Finds or creates the collection of a model; several processes may do so at once. The alias is created last, so that a
    /// collection with an alias is complete.
    /// </summary>
    /// <exception cref="WrongCollectionException">The collection has other settings.</exception>
    public async Task<IndexCollection> EnsureAsync(string model, int dimension, CancellationToken cancellationToken)
    {
        var wanted = IndexCollection.For(options.Value.Prefix, model, dimension);
        if (_checked.TryGetValue(wanted.Alias, out var known))
            return known;
        var collection = await FindAsync(wanted.Alias, cancellationToken) ?? await CreateAsync(wanted, cancellationToken);
        return _checked.GetOrAdd(wanted.Alias, collection);
    }

    /// <summary>All collections with an alias of this installation, after comparing their settings.</summary>
    /// <exception cref="WrongCollectionException">A collection has other settings.</exception>
    public async Task<IReadOnlyList<IndexCollection>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<IndexCollection>();
        foreach (var alias in await aliases.ListAsync(cancellationToken))
        {
            if (alias.AliasName.StartsWith($"{options.Value.Prefix}-", StringComparison.Ordinal))
                found.Add(await CompareAsync(alias, cancellationToken));
            else if (alias.AliasName == options.Value.RecordsAlias)
                await client.SpreadReadsAsync(alias.CollectionName, (await rest.GetClusterAsync(cancellationToken)).Size, cancellationToken);
        }
        return found;
    }

    /// <summary>Discards the cached collections, as after a restore that changed their aliases.</summary>
    public void Forget() => _checked.Clear();

    private async Task<IndexCollection?> FindAsync(string alias, CancellationToken cancellationToken) =>
        (await aliases.ListAsync(cancellationToken)).FirstOrDefault(found => string.Equals(found.AliasName, alias, StringComparison.Ordinal)) is { } there
            ? await CompareAsync(there, cancellationToken)
            : null;

    private async Task<IndexCollection> CreateAsync(IndexCollection wanted, CancellationToken cancellationToken)
    {
        var nodes = (await rest.GetClusterAsync(cancellationToken)).Size;
        if (nodes == 2)
            logger.NoQuorum();
        var settings = CollectionLayout.For(wanted.Model, wanted.Dimension, nodes);
        settings.CollectionName = wanted.Collection;
        await client.CreateUnlessThereAsync(settings, cancellationToken);
        foreach (var field in CollectionLayout.Indexes.Keys)
            await client.CreateIndexAsync(wanted.Collection, field, cancellationToken);
        var compared = await CompareAsync(new AliasDescription { AliasName = wanted.Alias, CollectionName = wanted.Collection }, cancellationToken);
        await client.CreateAliasAsync(wanted.Alias, wanted.Collection, cancellationToken: cancellationToken);
        return compared;
    }

    private async Task<IndexCollection> CompareAsync(AliasDescription alias, CancellationToken cancellationToken)
    {
        var info = await client.FindCollectionAsync(alias.CollectionName, cancellationToken)
            ?? throw new WrongCollectionException(alias.CollectionName, ["it is gone, though an alias names it"]);
        if (!info.Config.Metadata.TryGetValue("model", out var model) || !info.Config.Metadata.TryGetValue("dimension", out var dimension))
            throw new WrongCollectionException(alias.CollectionName, ["metadata.model or metadata.dimension is missing"]);
        var collection = new IndexCollection(alias.AliasName, alias.CollectionName, model.StringValue, (int)dimension.IntegerValue);
        var nodes = (await rest.GetClusterAsync(cancellationToken)).Size;
        var differences = CollectionComparison.Differences(CollectionLayout.For(collection.Model, collection.Dimension, nodes), info).ToList();
        if (differences.Count > 0)
            throw new WrongCollectionException(alias.CollectionName, differences);
        await client.SpreadReadsAsync(alias.CollectionName, nodes, cancellationToken);
        return collection;
    }
}
