using Grpc.Core;
using Microsoft.Extensions.Options;
using Qdrant.Client.Grpc;
using CollectionsClient = Qdrant.Client.Grpc.Collections.CollectionsClient;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// The aliases of a cluster. A node answers with those that it knows of, which are none after it was started empty, so every
/// node is asked, and a majority must answer.
/// </summary>
internal sealed class QdrantAliases(QdrantNodes nodes, IOptions<QdrantOptions> options, TimeProvider time)
{
    /// <summary>The time that the other nodes still have once a majority has answered.</summary>
    private static readonly TimeSpan ForTheOthers = TimeSpan.FromMilliseconds(500);

    /// <summary>Each alias, with the collection that most nodes name for it.</summary>
    public async Task<IReadOnlyList<AliasDescription>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ListOfAllNodesAsync(cancellationToken)).DistinctBy(alias => alias.AliasName, StringComparer.Ordinal)];

    /// <summary>Each pair of alias and collection that any node names, those that most name first.</summary>
    /// <exception cref="QdrantException">No majority of the nodes answers.</exception>
    public async Task<IReadOnlyList<AliasDescription>> ListOfAllNodesAsync(CancellationToken cancellationToken)
    {
        var asked = nodes.All.Select(node => AskAsync(node, cancellationToken)).ToList();
        await MajorityOf(asked);
        await Task.WhenAny(Task.WhenAll(asked), Task.Delay(ForTheOthers, time, cancellationToken));
        var answers = asked.Where(ask => ask.IsCompleted).Select(ask => ask.GetAwaiter().GetResult()).ToList();
        var known = answers.Where(answer => answer.Failure is null).ToList();
        if (known.Count <= asked.Count / 2)
            throw answers.First(answer => answer.Failure is not null).Failure!;
        return
        [
            .. known.SelectMany(answer => answer.Aliases)
                .GroupBy(alias => (alias.AliasName, alias.CollectionName))
                .OrderByDescending(same => same.Count())
                .Select(same => same.First()),
        ];
    }

    /// <summary>Waits until more than half have answered, or all have answered or failed.</summary>
    private static async Task MajorityOf(List<Task<Answer>> asked)
    {
        var waiting = asked.ToList();
        for (var known = 0; waiting.Count > 0 && known <= asked.Count / 2;)
        {
            var answered = await Task.WhenAny(waiting);
            waiting.Remove(answered);
            known += (await answered).Failure is null ? 1 : 0;
        }
    }

    private async Task<Answer> AskAsync(QdrantNode node, CancellationToken cancellationToken)
    {
        var limit = options.Value.ReadTimeout;
        try
        {
            var answer = await new CollectionsClient(node.Invoker).ListAliasesAsync(
                new ListAliasesRequest(), deadline: QdrantNode.DeadlineIn(limit), cancellationToken: cancellationToken);
            return new Answer(answer.Aliases, Failure: null);
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new Answer([], QdrantErrors.Of(exception, node.Address, "Collections/ListAliases", limit));
        }
    }

    private sealed record Answer(IEnumerable<AliasDescription> Aliases, QdrantException? Failure);
}
