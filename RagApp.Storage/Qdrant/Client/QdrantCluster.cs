namespace RagApp.Storage.Qdrant.Client;

/// <summary>A node's own view of the cluster.</summary>
/// <param name="Status"><c>disabled</c> on a single node, <c>enabled</c> in a cluster.</param>
internal sealed record QdrantCluster(string Status)
{
    public ulong? PeerId { get; init; }

    /// <summary>The nodes by id; null on a single node.</summary>
    public IReadOnlyDictionary<string, QdrantPeer>? Peers { get; init; }

    public QdrantRaft? RaftInfo { get; init; }

    /// <summary>Nodes in the cluster, 1 on a single node.</summary>
    public int Size => Math.Max(1, Peers?.Count ?? 1);

    /// <summary>Whether the node has lost the others: it then has no leader.</summary>
    public bool IsCutOff => RaftInfo is { Leader: null or 0 } or { Role: "Candidate" or "PreCandidate" };
}

internal sealed record QdrantPeer(string Uri);

internal sealed record QdrantRaft
{
    public ulong? Leader { get; init; }
    public string? Role { get; init; }
}

/// <summary>Where a collection's copies are.</summary>
internal sealed record QdrantShards(
    IReadOnlyList<QdrantShard> LocalShards, IReadOnlyList<QdrantShard> RemoteShards, IReadOnlyList<QdrantTransfer> ShardTransfers)
{
    /// <summary>Whether every copy answers and none is on its way.</summary>
    public bool AreWhole => ShardTransfers.Count == 0 && LocalShards.Concat(RemoteShards).All(shard => shard.State == "Active");
}

/// <param name="State">Such as <c>Active</c> or <c>Dead</c>.</param>
internal sealed record QdrantShard(int ShardId, string State);

internal sealed record QdrantTransfer(int ShardId);
