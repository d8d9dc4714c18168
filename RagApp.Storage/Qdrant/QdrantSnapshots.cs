using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Terms;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// Snapshots of the collections, one per node, since a node makes one of the shards that it holds. A restore takes them
/// in beside what is there, under other names (<see cref="RestoredCollections"/>).
/// </summary>
internal sealed class QdrantSnapshots(
    QdrantClient client, IndexCollections collections, CurrentGenerations generations, TermCounting counting, IOptions<QdrantOptions> options, TimeProvider time) : IIndexSnapshots
{
    /// <summary>How often a cluster that makes its copies is looked at.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task CreateAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var saved = new List<SavedCollection>();
        foreach (var alias in await generations.ListAliasesAsync(cancellationToken))
        {
            var info = await client.FindCollectionAsync(alias.CollectionName, cancellationToken)
                ?? throw new QdrantException($"The collection '{alias.CollectionName}' is gone, though an alias names it.", status: null);
            var files = new List<SavedFile>();
            foreach (var node in client.Nodes)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{alias.AliasName}-{files.Count + 1}.snapshot");
                files.Add(new SavedFile(name, node, await SaveAsync(node, alias.CollectionName, Path.Combine(folder, name), cancellationToken)));
            }
            saved.Add(new SavedCollection(alias.AliasName, info.Config.Params.ReplicationFactor ?? 1, files));
        }
        await SnapshotRecord.WriteAsync(folder, new SavedCollections(saved), PayloadJson.Wire.SavedCollections, cancellationToken);
    }

    /// <summary>
    /// 1. Every file is checked. 2. What a restore that was killed has left makes room. 3. Each collection is taken in under
    /// a new name, and its copies are waited for.
    /// </summary>
    public async Task<IRestoredIndex> RestoreAsync(string folder, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(folder, cancellationToken); // 1
        await RemoveLeftAsync(cancellationToken); // 2
        var restored = new RestoredCollections(client, collections, generations, counting, [.. snapshot.Collections.Select(collection => collection.Alias)]);
        try
        {
            foreach (var (collection, alias) in snapshot.Collections.Zip(restored.Aliases))
                await TakeInAsync(folder, collection, alias.CollectionName, cancellationToken); // 3
            await restored.FindGenerationsAsync(cancellationToken);
            return restored;
        }
        catch
        {
            await restored.DisposeAsync();
            throw;
        }
    }

    private async Task RemoveLeftAsync(CancellationToken cancellationToken)
    {
        var named = (await client.ListAliasesAsync(cancellationToken)).Select(alias => alias.CollectionName).ToHashSet(StringComparer.Ordinal);
        foreach (var collection in await client.ListCollectionsAsync(cancellationToken))
        {
            if (generations.IsOurs(collection) && collection.Contains(RestoredCollections.Mark, StringComparison.Ordinal) && !named.Contains(collection))
                await client.DeleteCollectionAsync(collection, cancellationToken);
        }
    }

    /// <summary>Has a node make its snapshot, and fetches it; gives its checksum.</summary>
    private async Task<string> SaveAsync(Uri node, string collection, string file, CancellationToken cancellationToken)
    {
        var snapshot = await client.CreateSnapshotAsync(node, collection, cancellationToken);
        try
        {
            await using (var source = await client.OpenSnapshotAsync(node, collection, snapshot.Name, cancellationToken))
            await using (var target = File.Create(file))
                await source.CopyToAsync(target, cancellationToken);
            var checksum = await ChecksumOfAsync(file, cancellationToken);
            return snapshot.Checksum is null || checksum == snapshot.Checksum
                ? checksum
                : throw new InvalidDataException($"The snapshot of '{collection}' on {node.Authority} did not arrive as it was sent: try again.");
        }
        finally
        {
            await client.DeleteSnapshotAsync(node, collection, snapshot.Name, CancellationToken.None);
        }
    }

    private static async Task<SavedCollections> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotRecord.ReadAsync(folder, PayloadJson.Wire.SavedCollections, cancellationToken);
        foreach (var file in snapshot.Collections.SelectMany(collection => collection.Files))
        {
            var path = Path.Combine(folder, file.Name);
            if (Path.GetFileName(file.Name) != file.Name || !File.Exists(path) || await ChecksumOfAsync(path, cancellationToken) != file.Checksum)
                throw new InvalidDataException($"The snapshot's file '{file.Name}' is missing or damaged.");
        }
        return snapshot;
    }

    private static async Task<string> ChecksumOfAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>Where every node has all shards, what one had brings everything back, and the cluster makes the copies; otherwise each node's is needed.</summary>
    private async Task TakeInAsync(string folder, SavedCollection collection, string name, CancellationToken cancellationToken)
    {
        var files = collection.Copies >= collection.Files.Count ? collection.Files.Take(1) : collection.Files;
        foreach (var file in files)
        {
            var node = client.Nodes.Contains(file.Node) ? file.Node : client.Nodes[0];
            await using var stream = File.OpenRead(Path.Combine(folder, file.Name));
            await client.UploadSnapshotAsync(node, name, stream, file.Checksum, cancellationToken);
        }
        var begun = time.GetTimestamp();
        while (!HasCopies(await client.GetShardsAsync(name, cancellationToken), collection.Copies) || !await AnswersAsync(name, cancellationToken))
        {
            if (time.GetElapsedTime(begun) > options.Value.SnapshotTimeout)
                throw new QdrantException($"The copies of '{name}' were not whole within {options.Value.SnapshotTimeout}; the index is as it was.", status: null);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Copies that each node had of its own compare themselves first, and a quorum of them is not to be had so long.</summary>
    private async Task<bool> AnswersAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.CountAsync(name, filter: null, exact: true, cancellationToken);
            return true;
        }
        catch (QdrantException exception) when (exception.Status >= HttpStatusCode.InternalServerError)
        {
            return false;
        }
    }

    private static bool HasCopies(QdrantShards shards, int copies) =>
        shards.AreWhole && shards.LocalShards.Concat(shards.RemoteShards).CountBy(shard => shard.ShardId).All(shard => shard.Value >= copies);
}
