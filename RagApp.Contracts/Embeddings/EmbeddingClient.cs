using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Mime;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Contracts.Embeddings;

/// <summary>Typed client of the embedding service.</summary>
public sealed class EmbeddingClient(HttpClient http)
{
    /// <summary>Embeds the texts of <paramref name="request"/>; the vectors are in the order of the texts.</summary>
    /// <exception cref="ApiException">The service refused, for example a text over the model's length (400).</exception>
    public async Task<EmbeddingsResponse<float[]>> EmbedAsync(
        Principal principal, EmbeddingsRequest request, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Post, "v1/embeddings",
            JsonContent.Create(request, ContractsJson.Default.EmbeddingsRequest));
        return await http.SendForJsonAsync(message, ContractsJson.Default.EmbeddingsResponse, cancellationToken);
    }

    /// <summary>Passes a request on as it is, and returns the answer as it is.</summary>
    /// <param name="request">Body of <c>POST /v1/embeddings</c>, JSON.</param>
    /// <exception cref="ApiException">The service refused.</exception>
    public async Task<byte[]> PassAsync(Principal principal, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(request) { Headers = { ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json) } };
        using var message = ServiceCall.Request(principal, HttpMethod.Post, "v1/embeddings", content);
        using var response = await http.SendOrThrowAsync(message, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Lists the available models; the first is used when a request names none.</summary>
    public async Task<EmbeddingModels> GetModelsAsync(Principal principal, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, "v1/models");
        return await http.SendForJsonAsync(message, ContractsJson.Default.EmbeddingModels, cancellationToken);
    }
}
