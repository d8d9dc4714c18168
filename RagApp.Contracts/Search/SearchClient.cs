using System.Net.Http.Headers;
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

    /// <summary>Reads the glossary of the principal's tenant; it is empty when none was saved.</summary>
    public async Task<StoredGlossary> GetGlossaryAsync(Principal principal, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, "glossary");
        return await SendForGlossaryAsync(message, cancellationToken);
    }

    /// <summary>
    /// Saves a glossary if the stored one still has the entity tag <paramref name="ifMatch"/>; null saves only where no
    /// glossary exists.
    /// </summary>
    public async Task<StoredGlossary> SaveGlossaryAsync(Principal principal, Glossary glossary, string? ifMatch, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Put, "glossary",
            JsonContent.Create(glossary, ContractsJson.Default.Glossary));
        if (ifMatch is not null && EntityTagHeaderValue.TryParse(ifMatch, out var etag))
            message.Headers.IfMatch.Add(etag);
        return await SendForGlossaryAsync(message, cancellationToken);
    }

    private async Task<StoredGlossary> SendForGlossaryAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var response = await http.SendOrThrowAsync(message, cancellationToken);
        var glossary = await response.Content.ReadFromJsonAsync(ContractsJson.Default.Glossary, cancellationToken);
        return new StoredGlossary(glossary ?? new Glossary([]), response.Headers.ETag?.ToString());
    }
}
