using System.Net.Http.Json;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Contracts.Rerank;

/// <summary>Typed client of the embedding service's reranker.</summary>
public sealed class RerankClient(HttpClient http)
{
    /// <summary>Orders the documents of <paramref name="request"/>, best first.</summary>
    /// <exception cref="ApiException">The service has no reranker (404), or its provider failed.</exception>
    public async Task<RerankResponse> RerankAsync(Principal principal, RerankRequest request, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Post, "v1/rerank", JsonContent.Create(request, ContractsJson.Default.RerankRequest));
        return await http.SendForJsonAsync(message, ContractsJson.Default.RerankResponse, cancellationToken);
    }
}
