using Microsoft.Extensions.AI;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Azure;
using RagApp.Models.Providers.Cohere;
using RagApp.Models.Providers.Http;
using RagApp.Models.Providers.Ollama;
using RagApp.Models.Providers.OpenAI;
using RagApp.Models.Providers.Tei;

namespace RagApp.Models.Providers;

/// <summary>Opens the embedding generator that a deployment's provider needs.</summary>
internal static class EmbeddingProviders
{
    /// <summary>Opens a generator for the deployment and key of a lease, which may be used beyond the lease. Each of its calls is one request.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> Open(ProviderConnections connections, DeploymentLease lease)
    {
        var http = connections.Open(lease);
        var (provider, endpoint, model) = (lease.Deployment.Provider, lease.Deployment.Endpoint, lease.Deployment.Model);
        return provider switch
        {
            ModelProvider.Cohere => CohereEmbeddings.Open(http, endpoint, model, lease.Secret),
            ModelProvider.Tei => TeiEmbeddings.Open(http, endpoint, model, lease.Secret),
            ModelProvider.Ollama => OllamaEmbeddings.Open(http, endpoint, model, lease.Secret),
            ModelProvider.Azure => OpenAIEmbeddings.Open(http, AzureChat.BaseOf(endpoint), model, lease.Secret),
            _ => OpenAIEmbeddings.Open(http, endpoint, model, lease.Secret),
        };
    }
}
