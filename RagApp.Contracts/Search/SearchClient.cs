using System.Net.Http.Json;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Contracts.Search;

/// <summary>Typed client of the query router.</summary>
public sealed class SearchClient(HttpClient http)
{
    public async Task<SearchResponse> SearchAsync(Principal principal, SearchRequest request, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Post, "search",
            JsonContent.Create(request, ContractsJson.Default.SearchRequest));
        return await http.SendForJsonAsync(message, ContractsJson.Default.SearchResponse, cancellationToken);
    }
}
