using System.Collections.Concurrent;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>
/// A node's place in the cluster. A new node has the copies of shards that its number gives it; one that lost its disk joins with a
/// new id, and has only those that were made on it since.
/// </summary>
internal sealed class StandInPlace
{
    private readonly StandInMembers _members;
    private readonly ConcurrentDictionary<(string Collection, uint Shard), ReplicaState> _made = [];
    private bool _lostDisk;

    public StandInPlace(StandInMembers members, ulong peer)
    {
        (_members, Peer) = (members, peer);
        members.Add(peer);
    }

    public ulong Peer { get; private set; }

    /// <summary>State of the node's copy of a shard; null without one. A copy that is being made is whole when it is asked for again.</summary>
    /// <param name="isGiven">True when a node of this number has the copy from the beginning.</param>
    public ReplicaState? StateOf(string collection, uint shard, bool isGiven)
    {
        if (!_lostDisk)
            return isGiven ? ReplicaState.Active : null;
        if (!_made.TryGetValue((collection, shard), out var state))
            return null;
        _made[(collection, shard)] = ReplicaState.Active;
        return state;
    }

    public void BeginCopy(string collection, uint shard) => _made[(collection, shard)] = ReplicaState.Partial;

    /// <summary>Joins with a new id and no copies; false while the cluster has the old id.</summary>
    public bool TryJoinAnew()
    {
        if (_members.Contains(Peer))
            return false;
        Peer += 1_000;
        _lostDisk = true;
        _made.Clear();
        _members.Add(Peer);
        return true;
    }
}
