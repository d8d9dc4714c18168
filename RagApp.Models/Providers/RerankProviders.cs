using RagApp.Models.Pool;
using RagApp.Models.Providers.Cohere;
using RagApp.Models.Providers.Http;
using RagApp.Models.Providers.Tei;

namespace RagApp.Models.Providers;

/// <summary>Opens the reranker that a deployment's provider needs.</summary>
internal static class RerankProviders
{
    /// <summary>Opens a reranker for the deployment and key of a lease; it may be used beyond the lease.</summary>
    public static IDocumentScorer Open(ProviderConnections connections, DeploymentLease lease)
    {
        var endpoint = new JsonEndpoint(connections.Open(lease), lease.Deployment.Endpoint, lease.Secret);
        return lease.Deployment.Provider == ModelProvider.Tei ? new TeiReranker(endpoint) : new CohereReranker(endpoint, lease.Deployment.Model);
    }
}
