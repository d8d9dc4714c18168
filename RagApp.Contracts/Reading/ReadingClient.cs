using System.Net.Http.Json;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Contracts.Reading;

/// <summary>Typed client of the embedding service's reader.</summary>
public sealed class ReadingClient(HttpClient http)
{
    /// <summary>Looks for the answer to a question in each passage.</summary>
    /// <exception cref="ApiException">The service has no reader (404), or too much work waits (429).</exception>
    public async Task<ReadResponse> ReadAsync(Principal principal, ReadRequest request, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Post, "v1/read", JsonContent.Create(request, ContractsJson.Default.ReadRequest));
        return await http.SendForJsonAsync(message, ContractsJson.Default.ReadResponse, cancellationToken);
    }
}
