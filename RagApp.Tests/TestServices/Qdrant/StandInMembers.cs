using System.Collections.Concurrent;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>The ids of the nodes that a cluster of stand-ins has agreed on.</summary>
internal sealed class StandInMembers
{
    private readonly ConcurrentDictionary<ulong, bool> _peers = [];

    public void Add(ulong peer) => _peers[peer] = true;

    public bool Contains(ulong peer) => _peers.ContainsKey(peer);

    public bool Remove(ulong peer) => _peers.TryRemove(peer, out _);
}
