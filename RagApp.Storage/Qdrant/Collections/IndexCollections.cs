using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>The collections of this installation: makes them, finds them, and compares them with what they should be.</summary>
internal sealed class IndexCollections(QdrantClient client, IOptions<QdrantOptions> options, ILogger<IndexCollections> logger)
{
    private readonly ConcurrentDictionary<string, IndexCollection> _checked = new(StringComparer.Ordinal);

    /// <summary>The alias of a model's collection, whether it is there or not.</summary>
    public string AliasOf(string model, int dimension) => IndexCollection.For(options.Value.Prefix, model, dimension).Alias;

    /// <summary>
    /// The model's collection, made when it is not there; several processes may do so at once. The alias comes last,
    /// so that whoever finds it finds everything.
    /// </summary>
    /// <exception cref="WrongCollectionException">It is set up in another way.</exception>
    public async Task<IndexCollection> EnsureAsync(string model, int dimension, CancellationToken cancellationToken)
    {
        var wanted = IndexCollection.For(options.Value.Prefix, model, dimension);
        if (_checked.TryGetValue(wanted.Alias, out var known))
            return known;
        var collection = await FindAsync(wanted.Alias, cancellationToken) ?? await CreateAsync(wanted, cancellationToken);
        return _checked.GetOrAdd(wanted.Alias, collection);
    }

    /// <summary>Every collection that an alias of this installation points to, compared with what it should be.</summary>
    /// <exception cref="WrongCollectionException">One is set up in another way.</exception>
    public async Task<IReadOnlyList<IndexCollection>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<IndexCollection>();
        foreach (var alias in await client.ListAliasesAsync(cancellationToken))
        {
            if (alias.AliasName.StartsWith($"{options.Value.Prefix}-", StringComparison.Ordinal))
                found.Add(await CompareAsync(alias, cancellationToken));
        }
        return found;
    }

    /// <summary>Forgets what was found and compared, as after a restore that put another collection behind the alias.</summary>
    public void Forget() => _checked.Clear();

    private async Task<IndexCollection?> FindAsync(string alias, CancellationToken cancellationToken) =>
        (await client.ListAliasesAsync(cancellationToken)).FirstOrDefault(found => string.Equals(found.AliasName, alias, StringComparison.Ordinal)) is { } there
            ? await CompareAsync(there, cancellationToken)
            : null;

    private async Task<IndexCollection> CreateAsync(IndexCollection wanted, CancellationToken cancellationToken)
    {
        var nodes = (await client.GetClusterAsync(node: null, cancellationToken)).Size;
        if (nodes == 2)
            logger.NoQuorum();
        await client.CreateCollectionAsync(wanted.Collection, CollectionLayout.For(wanted.Model, wanted.Dimension, nodes), cancellationToken);
        foreach (var (field, settings) in CollectionLayout.Indexes)
            await client.CreateIndexAsync(wanted.Collection, field, settings, cancellationToken);
        var alias = new QdrantAlias(wanted.Alias, wanted.Collection);
        var compared = await CompareAsync(alias, cancellationToken);
        await client.ChangeAliasesAsync([new QdrantAliasChange { CreateAlias = alias }], cancellationToken);
        return compared;
    }

    private async Task<IndexCollection> CompareAsync(QdrantAlias alias, CancellationToken cancellationToken)
    {
        var info = await client.FindCollectionAsync(alias.CollectionName, cancellationToken)
            ?? throw new WrongCollectionException(alias.CollectionName, ["it is gone, though an alias names it"]);
        if (info.Config.Metadata is not { Model: { } model, Dimension: { } dimension })
            throw new WrongCollectionException(alias.CollectionName, ["metadata.model or metadata.dimension is missing"]);
        var nodes = (await client.GetClusterAsync(node: null, cancellationToken)).Size;
        var differences = CollectionComparison.Differences(CollectionLayout.For(model, dimension, nodes), info).ToList();
        return differences.Count == 0
            ? new IndexCollection(alias.AliasName, alias.CollectionName, model, dimension)
            : throw new WrongCollectionException(alias.CollectionName, differences);
    }
}
