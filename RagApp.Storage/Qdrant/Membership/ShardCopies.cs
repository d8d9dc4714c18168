using Grpc.Core;
using Microsoft.Extensions.Options;
using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;
using CollectionsClient = Qdrant.Client.Grpc.Collections.CollectionsClient;

namespace RagApp.Storage.Qdrant.Membership;

/// <summary>
/// The copies of all shards in the cluster, also of collections that other installations have in it: a node that is removed is gone
/// for them, too.
/// </summary>
public sealed class ShardCopies
{
    private readonly IOptions<QdrantOptions> _options;

    internal ShardCopies(IOptions<QdrantOptions> options) => _options = options;

    /// <summary>Reads from the leader where the copies are.</summary>
    public async Task<IReadOnlyList<IndexShard>> ListAsync(ClusterMembers members, CancellationToken cancellationToken)
    {
        var shards = new List<IndexShard>();
        var collections = await CallAsync(members, "List", (client, deadline) => client.ListAsync(new ListCollectionsRequest(), deadline: deadline, cancellationToken: cancellationToken));
        foreach (var name in collections.Collections.Select(collection => collection.Name).Order(StringComparer.Ordinal))
        {
            var info = await CallAsync(members, "Get", (client, deadline) => client.GetAsync(new GetCollectionInfoRequest { CollectionName = name }, deadline: deadline, cancellationToken: cancellationToken));
            var places = await CallAsync(members, "CollectionClusterInfo", (client, deadline) => client.CollectionClusterInfoAsync(new CollectionClusterInfoRequest { CollectionName = name }, deadline: deadline, cancellationToken: cancellationToken));
            shards.AddRange(ShardsOf(name, info.Result.Config.Params, places, members));
        }
        return shards;
    }

    /// <summary>Begins one copy of each shard that lacks some, on the node with the fewest copies.</summary>
    /// <returns>Number of copies begun; 0 when a shard has no whole copy to copy from, or no node is free of it.</returns>
    public async Task<int> BeginAsync(ClusterMembers members, IReadOnlyList<IndexShard> shards, CancellationToken cancellationToken)
    {
        var begun = 0;
        var load = members.Answering.ToDictionary(member => member.Peer, member => shards.Count(shard => HasCopy(shard, member.Peer)));
        foreach (var shard in shards.Where(shard => shard.Missing > 0))
        {
            var source = shard.Whole.FirstOrDefault(load.ContainsKey);
            var target = load.Keys.Where(peer => !HasCopy(shard, peer)).OrderBy(peer => load[peer]).FirstOrDefault();
            if (source == 0 || target == 0)
                continue;
            var request = new UpdateCollectionClusterSetupRequest
            {
                CollectionName = shard.Collection,
                ReplicateShard = new ReplicateShard { ShardId = shard.Number, FromPeerId = source, ToPeerId = target },
            };
            await CallAsync(members, "UpdateCollectionClusterSetup", (client, deadline) => client.UpdateCollectionClusterSetupAsync(request, deadline: deadline, cancellationToken: cancellationToken));
            load[target]++;
            begun++;
        }
        return begun;
    }

    private static bool HasCopy(IndexShard shard, ulong peer) => shard.Whole.Contains(peer) || shard.Unready.Contains(peer);

    private static IEnumerable<IndexShard> ShardsOf(string collection, CollectionParams settings, CollectionClusterInfoResponse places, ClusterMembers members)
    {
        var copies = places.LocalShards.Select(copy => (copy.ShardId, Peer: places.PeerId, copy.State))
            .Concat(places.RemoteShards.Select(copy => (copy.ShardId, Peer: copy.PeerId, copy.State)))
            .Where(copy => members.Holds(copy.Peer))
            .ToLookup(copy => copy.ShardId);
        for (var number = 0u; number < places.ShardCount; number++)
        {
            yield return new IndexShard(collection, number)
            {
                Wanted = Math.Min(settings.HasReplicationFactor ? (int)settings.ReplicationFactor : 1, members.All.Count),
                Confirming = settings.HasWriteConsistencyFactor ? (int)settings.WriteConsistencyFactor : 1,
                Whole = [.. copies[number].Where(copy => copy.State is ReplicaState.Active).Select(copy => copy.Peer)],
                Unready = [.. copies[number].Where(copy => copy.State is not ReplicaState.Active).Select(copy => copy.Peer)],
            };
        }
    }

    private async Task<T> CallAsync<T>(ClusterMembers members, string method, Func<CollectionsClient, DateTime, AsyncUnaryCall<T>> call)
    {
        var limit = _options.Value.WriteTimeout;
        try
        {
            return await call(new CollectionsClient(members.Leader.Invoker), QdrantNode.DeadlineIn(limit));
        }
        catch (RpcException exception) when (exception.StatusCode is not StatusCode.Cancelled)
        {
            throw QdrantErrors.Of(exception, members.Leader.Address, $"Collections/{method}", limit);
        }
    }
}
