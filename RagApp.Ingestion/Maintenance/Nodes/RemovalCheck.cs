using System.Globalization;
using RagApp.Storage.Qdrant.Membership;

namespace RagApp.Ingestion.Maintenance.Nodes;

/// <summary>Says why a node may not be removed from the index's cluster.</summary>
internal static class RemovalCheck
{
    /// <exception cref="VerbException">The node answers or may answer, too few others do, or a shard would lose acknowledged changes.</exception>
    public static void Require(ClusterMembers members, IReadOnlyList<IndexShard> shards, ulong peer)
    {
        var reason = members.Find(peer)?.State switch
        {
            null => $"No node of the cluster has the id {Text(peer)}. Its nodes: {string.Join(", ", members.All.Select(member => Text(member.Peer)))}.",
            MemberState.Answering or MemberState.CutOff => $"The node {Text(peer)} answers and has its disk: it is not removed.",
            MemberState.Unclear => $"The node {Text(peer)} may be alive: no address of Storage:Qdrant:Nodes leads to it, but the leader does not report it as unreachable. Check that the setting lists all nodes, and try again in a minute.",
            _ => TooFew(members) ?? TooThin(members, shards),
        };
        if (reason is not null)
            throw new VerbException($"{reason} Nothing was changed.");
    }

    private static string? TooFew(ClusterMembers members) => members.Answering.Count() < members.Majority
        ? string.Create(CultureInfo.InvariantCulture,
            $"{members.Answering.Count()} of {members.All.Count} nodes answer, and {members.Majority} must agree to remove one: start the others first. If their disks are lost, too, 'maintenance restore' makes a new index from a backup.")
        : null;

    private static string? TooThin(ClusterMembers members, IReadOnlyList<IndexShard> shards)
    {
        var answering = members.Answering.Select(member => member.Peer).ToHashSet();
        var thin = shards.FirstOrDefault(shard => shard.Whole.Count(answering.Contains) < Math.Min(shard.Confirming, shard.Wanted));
        return thin is null ? null : string.Create(CultureInfo.InvariantCulture,
            $"Without this node, shard {thin.Number} of '{thin.Collection}' has too few whole copies ({thin.Whole.Count(answering.Contains)}; writes are confirmed by {thin.Confirming}): acknowledged changes could be lost. Start the other nodes and wait until their copies are active; if that is impossible, use 'maintenance restore'.");
    }

    private static string Text(ulong peer) => peer.ToString(CultureInfo.InvariantCulture);
}
