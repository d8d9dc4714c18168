using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>
/// Sends a query to each collection that needs a quorum of the replicas: a node that is cut off, or the only one left of
/// three, still reports itself ready. Without an answer, the result describes the state of every node.
/// </summary>
internal sealed class QdrantHealthCheck(QdrantPoints points, QdrantNodes nodes, QdrantRest rest, IndexCollections collections) : IHealthCheck
{
    /// <summary>A tenant that cannot exist, since names have no spaces: the query is cheap and finds nothing.</summary>
    private const string Nobody = " ";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var collection in await collections.ListAsync(cancellationToken))
            {
                var question = new float[collection.Dimension];
                question[0] = 1;
                await points.QueryAsync(collection.Alias, [PointQuery.ByMeaning(question, QdrantFilter.ForWriter(Nobody), limit: 1)], cancellationToken);
            }
            return HealthCheckResult.Healthy();
        }
        catch (WrongCollectionException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
        catch (QdrantException exception)
        {
            var states = await Task.WhenAll(nodes.All.Select(node => DescribeAsync(node, cancellationToken)));
            return HealthCheckResult.Unhealthy($"{exception.Message} {string.Join(' ', states)}");
        }
    }

    private async Task<string> DescribeAsync(QdrantNode node, CancellationToken cancellationToken)
    {
        try
        {
            var cluster = await rest.GetClusterAsync(node, cancellationToken);
            return cluster.IsCutOff
                ? $"{node.Address.Authority} is cut off from the other nodes (role {cluster.RaftInfo?.Role}, no leader)."
                : $"{node.Address.Authority} answers (role {cluster.RaftInfo?.Role ?? "single"}).";
        }
        catch (QdrantException)
        {
            return $"{node.Address.Authority} does not answer.";
        }
    }
}
