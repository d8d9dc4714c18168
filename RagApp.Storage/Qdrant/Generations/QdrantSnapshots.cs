using System.Globalization;
using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Searching;
using RagApp.Storage.Qdrant.Terms;
using CollectionsClient = Qdrant.Client.Grpc.Collections.CollectionsClient;
using SnapshotsClient = Qdrant.Client.Grpc.Snapshots.SnapshotsClient;

namespace RagApp.Storage.Qdrant.Generations;

/// <summary>
/// Snapshots of the collections, one file per node, since a node's snapshot has only its own shards. A restore creates
/// collections under other names beside the present ones (<see cref="RestoredCollections"/>).
/// </summary>
internal sealed class QdrantSnapshots(
    QdrantClient client, QdrantAliases aliases, QdrantPoints points, QdrantRest rest, QdrantNodes nodes, FailoverInvoker invoker, IndexCollections collections, CurrentGenerations generations,
    TermCounting counting, ListSearch lists, IOptions<QdrantOptions> options, TimeProvider time) : IIndexSnapshots
{
    /// <summary>Time between two checks of a cluster that is making its replicas.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestDeletion = TimeSpan.FromSeconds(30);

    public string Kind => "qdrant";

    public async Task CreateAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var saved = new List<SavedCollection>();
        foreach (var alias in (await aliases.ListAsync(cancellationToken)).Where(alias => generations.IsOurs(alias.AliasName)))
        {
            var info = await client.FindCollectionAsync(alias.CollectionName, cancellationToken)
                ?? throw new QdrantException($"The collection '{alias.CollectionName}' is gone, though an alias names it.", StatusCode.NotFound);
            var files = new List<SavedFile>();
            foreach (var node in nodes.All)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{alias.AliasName}-{files.Count + 1}.snapshot");
                files.Add(new SavedFile(name, node.Address, await SaveAsync(node, alias.CollectionName, Path.Combine(folder, name), cancellationToken)));
            }
            saved.Add(new SavedCollection(alias.AliasName, (int)Math.Max(1, info.Config.Params.ReplicationFactor), files));
        }
        await SnapshotRecord.WriteAsync(folder, new SavedCollections(saved), SavedCollectionsJson.Plain.SavedCollections, cancellationToken);
    }

    public Task<IRestoredIndex> RestoreAsync(string folder, CancellationToken cancellationToken) => RestoreAsync(folder, RestoredCollections.Mark, cancellationToken);

    public Task<IRestoredIndex> TryOutAsync(string folder, CancellationToken cancellationToken) => RestoreAsync(folder, RestoredCollections.DrillMark, cancellationToken);

    /// <summary>
    /// 1. Verifies every file. 2. Removes what an interrupted restore of the same mark has left. 3. Restores each collection under
    /// a new name and waits for its replicas.
    /// </summary>
    private async Task<IRestoredIndex> RestoreAsync(string folder, string mark, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(folder, cancellationToken); // 1
        await RemoveLeftAsync(mark, cancellationToken); // 2
        var restored = new RestoredCollections(client, aliases, points, collections, generations, counting, lists, time, mark, [.. snapshot.Collections.Select(collection => collection.Alias)]);
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

    private async Task RemoveLeftAsync(string mark, CancellationToken cancellationToken)
    {
        var named = (await aliases.ListOfAllNodesAsync(cancellationToken)).Select(alias => alias.CollectionName).ToHashSet(StringComparer.Ordinal);
        foreach (var collection in await client.ListCollectionsAsync(cancellationToken))
        {
            if (generations.IsOurs(collection) && collection.Contains(mark, StringComparison.Ordinal) && !named.Contains(collection))
                await client.DeleteIfThereAsync(collection, cancellationToken);
        }
    }

    /// <summary>Creates a snapshot on a node and downloads it; returns its checksum.</summary>
    private async Task<string> SaveAsync(QdrantNode node, string collection, string file, CancellationToken cancellationToken)
    {
        var snapshots = new SnapshotsClient(node.Invoker);
        var snapshot = await CreateAsync(snapshots, node, collection, cancellationToken);
        try
        {
            await using (var target = File.Create(file))
                await rest.DownloadSnapshotAsync(node, collection, snapshot.Name, target, cancellationToken);
            var checksum = await ChecksumOfAsync(file, cancellationToken);
            return !snapshot.HasChecksum || checksum == snapshot.Checksum
                ? checksum
                : throw new InvalidDataException($"The snapshot of '{collection}' on {node.Address.Authority} did not arrive as it was sent: try again.");
        }
        finally
        {
            await DeleteAsync(snapshots, collection, snapshot.Name);
        }
    }

    private async Task<SnapshotDescription> CreateAsync(SnapshotsClient snapshots, QdrantNode node, string collection, CancellationToken cancellationToken)
    {
        var limit = options.Value.SnapshotTimeout;
        try
        {
            return (await snapshots.CreateAsync(
                new CreateSnapshotRequest { CollectionName = collection }, deadline: QdrantNode.DeadlineIn(limit), cancellationToken: cancellationToken)).SnapshotDescription;
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw QdrantErrors.Of(exception, node.Address, "Snapshots/Create", limit);
        }
    }

    /// <summary>Removes a snapshot from a node. A snapshot that stays only takes up space.</summary>
    private static async Task DeleteAsync(SnapshotsClient snapshots, string collection, string name)
    {
        try
        {
            await snapshots.DeleteAsync(new DeleteSnapshotRequest { CollectionName = collection, SnapshotName = name }, deadline: QdrantNode.DeadlineIn(LongestDeletion));
        }
        catch (RpcException)
        {
            // An administrator can find and remove it later.
        }
    }

    private static async Task<SavedCollections> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotRecord.ReadAsync(folder, SavedCollectionsJson.Plain.SavedCollections, cancellationToken);
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

    /// <summary>
    /// Restores a collection: from one node's file when every node has all shards, else from all files. The cluster makes the
    /// missing replicas.
    /// </summary>
    private async Task TakeInAsync(string folder, SavedCollection collection, string name, CancellationToken cancellationToken)
    {
        var files = collection.Copies >= collection.Files.Count ? collection.Files.Take(1) : collection.Files;
        foreach (var (number, file) in files.Index())
        {
            var node = nodes.All.FirstOrDefault(known => known.Address == file.Node || known.Http == file.Node) ?? nodes.All[number % nodes.All.Count];
            await using var stream = File.OpenRead(Path.Combine(folder, file.Name));
            await rest.UploadSnapshotAsync(node, name, stream, file.Checksum, cancellationToken);
        }
        var begun = time.GetTimestamp();
        while (!await HasCopiesAsync(name, collection.Copies, cancellationToken) || !await AnswersAsync(name, cancellationToken))
        {
            if (time.GetElapsedTime(begun) > options.Value.SnapshotTimeout)
                throw new QdrantException($"The copies of '{name}' were not whole within {options.Value.SnapshotTimeout}; the index is as it was.", StatusCode.DeadlineExceeded);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>True when a quorum of the replicas answers a count; false after a failure that may be temporary.</summary>
    private async Task<bool> AnswersAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await points.CountAsync(name, filter: null, cancellationToken);
            return true;
        }
        catch (QdrantException exception) when (exception.IsTransient)
        {
            return false;
        }
    }

    /// <summary>True when each shard has all its replicas, every replica is active, and none is being transferred.</summary>
    private async Task<bool> HasCopiesAsync(string collection, int copies, CancellationToken cancellationToken)
    {
        var info = await new CollectionsClient(invoker).CollectionClusterInfoAsync(
            new CollectionClusterInfoRequest { CollectionName = collection }, cancellationToken: cancellationToken);
        var shards = info.LocalShards.Select(shard => (shard.ShardId, shard.State)).Concat(info.RemoteShards.Select(shard => (shard.ShardId, shard.State))).ToList();
        return shards.Count > 0 // 0 while the node does not know the collection's shards yet
            && info.ShardTransfers.Count == 0
            && shards.All(shard => shard.State is ReplicaState.Active)
            && shards.CountBy(shard => shard.ShardId).All(shard => shard.Value >= copies);
    }
}
