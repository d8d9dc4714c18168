using Microsoft.Extensions.AI;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Anthropic;
using RagApp.Models.Providers.Azure;
using RagApp.Models.Providers.Http;
using RagApp.Models.Providers.Ollama;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Models.Providers;

/// <summary>Opens the chat client that a deployment's provider needs.</summary>
internal static class ChatProviders
{
    /// <summary>Opens a client for the deployment and key of a lease; it may be used beyond the lease.</summary>
    public static IChatClient Open(ProviderConnections connections, DeploymentLease lease)
    {
        var http = connections.Open(lease);
        var (provider, endpoint, model) = (lease.Deployment.Provider, lease.Deployment.Endpoint, lease.Deployment.Model);
        return provider switch
        {
            ModelProvider.Azure => AzureChat.Open(http, endpoint, model, lease.Secret),
            ModelProvider.Anthropic => AnthropicChat.Open(http, endpoint, model, lease.Secret),
            ModelProvider.Ollama => OllamaChat.Open(http, endpoint, model, lease.Secret, lease.Deployment.MaxContextTokens),
            _ => OpenAIChat.Open(http, endpoint, model, lease.Secret),
        };
    }

    /// <summary>Base address of the deployment's OpenAI-compatible API, in front of <c>/chat/completions</c>; null when it has none.</summary>
    public static Uri? OpenAIBaseOf(Deployment deployment) => deployment.Provider switch
    {
        ModelProvider.Azure => AzureChat.BaseOf(deployment.Endpoint),
        ModelProvider.Ollama => OllamaChat.OpenAIBaseOf(deployment.Endpoint),
        ModelProvider.Anthropic => null,
        _ => deployment.Endpoint,
    };
}
