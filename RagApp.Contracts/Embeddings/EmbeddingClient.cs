using System.Net.Http.Json;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Contracts.Embeddings;

/// <summary>Typed client of the embedding service.</summary>
public sealed class EmbeddingClient(HttpClient http)
{
    /// <summary>Vectors for <paramref name="request"/>'s texts, in their order.</summary>
    /// <exception cref="ApiException">The service refused, for example a text over the model's length (400).</exception>
    public async Task<EmbeddingsResponse> EmbedAsync(
        Principal principal, EmbeddingsRequest request, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Post, "v1/embeddings",
            JsonContent.Create(request, ContractsJson.Default.EmbeddingsRequest));
        return await http.SendForJsonAsync(message, ContractsJson.Default.EmbeddingsResponse, cancellationToken);
    }

    /// <summary>The models that can be asked for; the first is the one used when a request names none.</summary>
    public async Task<EmbeddingModels> GetModelsAsync(Principal principal, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, "v1/models");
        return await http.SendForJsonAsync(message, ContractsJson.Default.EmbeddingModels, cancellationToken);
    }
}
