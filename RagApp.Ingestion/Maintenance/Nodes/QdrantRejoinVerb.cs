using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Membership;

namespace RagApp.Ingestion.Maintenance.Nodes;

/// <summary>
/// Repairs the index's cluster after a node has lost its disk: 1. removes the node's old id, 2. waits until the node has joined with
/// an empty disk and a new id, 3. makes the missing copies of shards.
/// </summary>
internal sealed class QdrantRejoinVerb(QdrantMembership membership, ShardCopies copies, IOptions<QdrantOptions> options, TimeProvider time) : IMaintenanceVerb
{
    public const string Name = "qdrant-rejoin";

    private const string Peer = "--peer";
    private const string Copies = "--copies";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait for the node; Kubernetes pauses for up to five minutes before it starts a failing container again.</summary>
    private static readonly TimeSpan LongestJoin = TimeSpan.FromMinutes(10);

    public static VerbDescription Description { get; } = new(
        Name,
        "Lets a node of Qdrant that lost its disk join the cluster again.",
        """
        Without an option it lists the nodes of the index's cluster and the missing copies of shards, and changes nothing.

        A node that starts with an empty disk gets a new id, and stops with an error as long as the cluster knows its
        address under the old one. --peer ID removes the old id, waits up to ten minutes for the node to join, and makes
        the missing copies on it. Searches and writes go on meanwhile. A node that answers is never removed, nor is one
        when too few others answer, or when acknowledged changes would be lost. --copies only makes missing copies, after
        an interrupted run or on a further node.

        Exit code 1: a node is lost or copies are missing, and nothing was changed.
        """)
    {
        Options =
        [
            new VerbOption(Peer, "ID", "the id of the node whose disk is lost, as this verb lists it"),
            new VerbOption(Copies, Value: null, "makes missing copies, and removes no node"),
        ],
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
            throw new VerbException("The index is not on Qdrant.");
        if (arguments.Has(Peer) && arguments.Has(Copies))
            throw VerbException.Usage($"Use {Peer} or {Copies}: {Peer} makes the copies, too.");
        try
        {
            if (arguments.Find(Peer) is { } peer)
                await ReplaceAsync(IdOf(peer), progress, cancellationToken);
            else if (!arguments.Has(Copies))
                return await ShowAsync(progress, cancellationToken);
            await CompleteAsync(progress, cancellationToken); // 3
            return MaintenanceExit.Done;
        }
        catch (QdrantException exception)
        {
            throw new VerbException(exception.Message, inner: exception);
        }
    }

    private async Task<int> ShowAsync(IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var members = await membership.LookAsync(cancellationToken);
        foreach (var member in members.All)
            progress.Line(string.Create(CultureInfo.InvariantCulture, $"{member.Peer,-20}  {member.Address}  {Word(member.State)}"));
        foreach (var outsider in members.Outsiders)
            progress.Line($"{outsider} answers and is no member: it has begun a cluster of its own. Empty its disk, and start it so that it joins this one.");
        var missing = (await copies.ListAsync(members, cancellationToken)).Sum(shard => shard.Missing);
        progress.Line(string.Create(CultureInfo.InvariantCulture,
            $"{members.Answering.Count()} of {members.All.Count} nodes answer; {missing:N0} copies of shards are missing."));
        foreach (var lost in members.All.Where(member => member.State is MemberState.Lost))
            progress.Line(string.Create(CultureInfo.InvariantCulture, $"If the disk of that node is lost: maintenance {Name} {Peer} {lost.Peer}"));
        if (missing > 0 && members.All.All(member => member.State is MemberState.Answering))
            progress.Line($"To make them: maintenance {Name} {Copies}");
        return missing == 0 && members.Answering.Count() == members.All.Count ? MaintenanceExit.Done : MaintenanceExit.Found;
    }

    private async Task ReplaceAsync(ulong peer, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var members = await membership.LookAsync(cancellationToken);
        RemovalCheck.Require(members, await copies.ListAsync(members, cancellationToken), peer);
        await membership.RemoveAsync(members, peer, cancellationToken); // 1
        progress.Line(string.Create(CultureInfo.InvariantCulture, $"The node {peer} is removed. Start it with an empty disk if it does not start by itself."));
        var joined = await JoinedAsync(members, progress, cancellationToken); // 2
        progress.Line(string.Create(CultureInfo.InvariantCulture, $"The node has joined as {joined.Peer}."));
    }

    private async Task<ClusterMember> JoinedAsync(ClusterMembers before, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            if ((await TryLookAsync(cancellationToken))?.Answering.FirstOrDefault(member => before.Find(member.Peer) is null) is { } joined)
                return joined;
            RequireTime(begun, LongestJoin, $"The old id is removed, and no node has joined within ten minutes. Start it with an empty disk, then run 'maintenance {Name} {Copies}'.");
            progress.Status("waiting for the node to join");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task CompleteAsync(IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var made = 0;
        while (true)
        {
            var members = await membership.LookAsync(cancellationToken);
            var shards = await copies.ListAsync(members, cancellationToken);
            if (shards.All(shard => shard.IsComplete))
            {
                progress.Line(string.Create(CultureInfo.InvariantCulture,
                    $"{members.Answering.Count()} of {members.All.Count} nodes answer, and every shard has all its copies: {made:N0} made in {time.GetElapsedTime(begun).TotalSeconds:N1} s."));
                return;
            }
            // One round of copies at a time: each shard is copied from a whole copy.
            if (shards.All(shard => shard.Unready.Count == 0))
                made += await BeginAsync(members, shards, cancellationToken);
            progress.Status(string.Create(CultureInfo.InvariantCulture, $"{shards.Sum(shard => shard.Whole.Count):N0} of {shards.Sum(shard => shard.Wanted):N0} copies are whole"));
            RequireTime(begun, options.Value.SnapshotTimeout, $"The copies are not whole within {options.Value.SnapshotTimeout} (Storage:Qdrant:SnapshotTimeout). Look at the nodes' logs, then run 'maintenance {Name} {Copies}'.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<int> BeginAsync(ClusterMembers members, IReadOnlyList<IndexShard> shards, CancellationToken cancellationToken)
    {
        var begun = await copies.BeginAsync(members, shards, cancellationToken);
        return begun > 0 ? begun : throw new VerbException(
            $"Copies are missing, and no node that answers can take one: run 'maintenance {Name}' and start the nodes that it lists as lost.");
    }

    /// <summary>Null while the cluster chooses a leader or does not answer, as while a node joins.</summary>
    private async Task<ClusterMembers?> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await membership.LookAsync(cancellationToken);
        }
        catch (QdrantException exception) when (exception.IsTransient)
        {
            return null;
        }
    }

    private void RequireTime(long begun, TimeSpan limit, string otherwise)
    {
        if (time.GetElapsedTime(begun) > limit)
            throw new VerbException(otherwise);
    }

    private static ulong IdOf(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw VerbException.Usage($"'{text}' is no id of a node: it is a number, which 'maintenance {Name}' lists.");

    private static string Word(MemberState state) => state switch
    {
        MemberState.Answering => "answers",
        MemberState.CutOff => "answers, but is cut off from the others",
        MemberState.Unclear => "not clear: no address of Storage:Qdrant:Nodes leads to it",
        _ => "lost: it does not answer, and the leader cannot reach it",
    };
}
