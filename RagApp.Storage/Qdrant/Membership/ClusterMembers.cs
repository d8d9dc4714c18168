using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Membership;

/// <summary>The members of a cluster according to its leader, and which of them answer.</summary>
public sealed class ClusterMembers
{
    internal ClusterMembers(QdrantNode leader, IReadOnlyList<ClusterMember> all, IReadOnlyList<string> outsiders) => (Leader, All, Outsiders) = (leader, all, outsiders);

    /// <summary>Every member, in the order of the ids.</summary>
    public IReadOnlyList<ClusterMember> All { get; }

    /// <summary>Addresses of configured nodes that answer and are no members, such as one that has begun a cluster of its own.</summary>
    public IReadOnlyList<string> Outsiders { get; }

    internal QdrantNode Leader { get; }

    /// <summary>Members that answer and are in touch with the leader.</summary>
    public IEnumerable<ClusterMember> Answering => All.Where(member => member.State is MemberState.Answering);

    /// <summary>Number of members that must agree to a change of the cluster.</summary>
    public int Majority => (All.Count / 2) + 1;

    public ClusterMember? Find(ulong peer) => All.FirstOrDefault(member => member.Peer == peer);

    internal bool Holds(ulong peer) => Find(peer) is { State: not MemberState.Lost };
}

/// <summary>A node as the cluster knows it.</summary>
/// <param name="Peer">Id of the node in the cluster; a node that starts with an empty disk gets another one.</param>
/// <param name="Address">Address at which the other nodes reach it.</param>
public sealed record ClusterMember(ulong Peer, string Address, MemberState State);

public enum MemberState
{
    /// <summary>The node answers and knows the leader.</summary>
    Answering,

    /// <summary>The node answers, and has lost contact with the majority.</summary>
    CutOff,

    /// <summary>No configured node has this id, and the leader does not report that it cannot reach it.</summary>
    Unclear,

    /// <summary>No configured node has this id, and the leader cannot reach it.</summary>
    Lost,
}
