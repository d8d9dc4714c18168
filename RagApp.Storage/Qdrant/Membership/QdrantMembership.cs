using System.Globalization;
using Grpc.Core;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Membership;

/// <summary>Reads who belongs to the cluster, and removes a node from it.</summary>
public sealed class QdrantMembership
{
    private const string SingleNode = "disabled";

    private readonly QdrantNodes _nodes;
    private readonly QdrantRest _rest;

    internal QdrantMembership(QdrantNodes nodes, QdrantRest rest) => (_nodes, _rest) = (nodes, rest);

    /// <summary>Asks every configured node. A member counts as lost only when no node has its id and the leader cannot reach it either.</summary>
    /// <exception cref="QdrantException">No node answers, none of those that answer leads the cluster, or the server is a single node.</exception>
    public async Task<ClusterMembers> LookAsync(CancellationToken cancellationToken)
    {
        var views = (await Task.WhenAll(_nodes.All.Select(node => AskAsync(node, cancellationToken)))).OfType<NodeView>().ToList();
        if (views.Count == 0)
            throw new QdrantException("No node of Qdrant answers.", StatusCode.Unavailable);
        if (views.Exists(view => view.State.Status == SingleNode))
            throw new QdrantException("Qdrant is a single node and no cluster: 'maintenance restore' or 'maintenance rebuild-index' brings its index back.", StatusCode.FailedPrecondition);
        // A node that was started empty and has not joined leads a cluster of its own; a former leader has an older term.
        var leader = views.Where(view => view.State.PeerId is { } own && own == view.State.RaftInfo?.Leader)
            .OrderByDescending(view => view.State.Size).ThenByDescending(view => view.State.RaftInfo?.Term)
            .FirstOrDefault() ?? throw new QdrantException(
                "None of the nodes that answer leads the cluster: a majority of the nodes is down, or Storage:Qdrant:Nodes does not list all of them.", StatusCode.FailedPrecondition);
        return MembersOf(leader, views);
    }

    /// <summary>Removes a node from the cluster, also one that has copies of shards; repeating it is harmless.</summary>
    /// <exception cref="QdrantException">The cluster refuses, or does not answer in time.</exception>
    public async Task RemoveAsync(ClusterMembers members, ulong peer, CancellationToken cancellationToken)
    {
        try
        {
            await _rest.RemovePeerAsync(members.Leader, peer, cancellationToken);
        }
        catch (QdrantException exception) when (exception.IsNotFound)
        {
            // An earlier attempt has removed it.
        }
    }

    private static ClusterMembers MembersOf(NodeView leader, List<NodeView> views)
    {
        var peers = leader.State.Peers ?? new Dictionary<string, QdrantPeer>(StringComparer.Ordinal);
        var members = peers.Select(peer => (Id: ulong.Parse(peer.Key, CultureInfo.InvariantCulture), peer.Value.Uri))
            .OrderBy(peer => peer.Id)
            .Select(peer => new ClusterMember(peer.Id, peer.Uri, StateOf(peer.Id, peer.Uri, leader.State, views)));
        var outsiders = views.Where(view => view.State.PeerId is not { } own || !peers.ContainsKey(own.ToString(CultureInfo.InvariantCulture)));
        return new ClusterMembers(leader.Node, [.. members], [.. outsiders.Select(view => view.Node.Address.Authority)]);
    }

    private static MemberState StateOf(ulong peer, string address, QdrantClusterState leader, List<NodeView> views)
    {
        if (views.Find(view => view.State.PeerId == peer) is { } own)
            return own.State.IsCutOff ? MemberState.CutOff : MemberState.Answering;
        var isUnreachable = leader.MessageSendFailures?.Keys.Any(failed => failed.TrimEnd('/') == address.TrimEnd('/')) ?? false;
        return isUnreachable ? MemberState.Lost : MemberState.Unclear;
    }

    private async Task<NodeView?> AskAsync(QdrantNode node, CancellationToken cancellationToken)
    {
        try
        {
            return new NodeView(node, await _rest.GetClusterAsync(node, cancellationToken));
        }
        catch (QdrantException exception) when (exception.IsTransient)
        {
            return null;
        }
    }

    private sealed record NodeView(QdrantNode Node, QdrantClusterState State);
}
