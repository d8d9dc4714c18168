using Grpc.Core;
using Microsoft.Extensions.Options;
using Qdrant.Client.Grpc;
using CollectionsClient = Qdrant.Client.Grpc.Collections.CollectionsClient;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Lists the aliases of a cluster from the answers of all its nodes.</summary>
internal sealed class QdrantAliases(QdrantNodes nodes, IOptions<QdrantOptions> options)
{
    /// <summary>Each alias with its collection; when nodes disagree, with the one that most nodes report.</summary>
    public async Task<IReadOnlyList<AliasDescription>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ListOfAllNodesAsync(cancellationToken)).DistinctBy(alias => alias.AliasName, StringComparer.Ordinal)];

    /// <summary>Each pair of alias and collection that any node reports, the most often reported first.</summary>
    public async Task<IReadOnlyList<AliasDescription>> ListOfAllNodesAsync(CancellationToken cancellationToken) =>
    [
        .. (await nodes.AskAllAsync(node => AskAsync(node, cancellationToken), cancellationToken))
            .SelectMany(answer => answer.Aliases)
            .GroupBy(alias => (alias.AliasName, alias.CollectionName))
            .OrderByDescending(same => same.Count())
            .Select(same => same.First()),
    ];

    private async Task<ListAliasesResponse> AskAsync(QdrantNode node, CancellationToken cancellationToken)
    {
        var limit = options.Value.ReadTimeout;
        try
        {
            return await new CollectionsClient(node.Invoker).ListAliasesAsync(
                new ListAliasesRequest(), deadline: QdrantNode.DeadlineIn(limit), cancellationToken: cancellationToken);
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw QdrantErrors.Of(exception, node.Address, "Collections/ListAliases", limit);
        }
    }
}
