using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RagApp.Contracts.Identity;

namespace RagApp.Contracts.Http;

/// <summary>
/// Request helpers shared by the typed clients: each request carries its principal, and an error response becomes an
/// <see cref="ApiException"/> with the service's problem details.
/// </summary>
public static class ServiceCall
{
    /// <summary>Request option that holds the principal until the signing handler turns it into a token.</summary>
    public static readonly HttpRequestOptionsKey<Principal> PrincipalKey = new("ragapp.principal");

    public static HttpRequestMessage Request(Principal principal, HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Options.Set(PrincipalKey, principal);
        return request;
    }

    /// <summary>Sends the request and returns the response once its headers arrive; throws <see cref="ApiException"/> on an error status.</summary>
    public static async Task<HttpResponseMessage> SendOrThrowAsync(
        this HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new ApiException(response.StatusCode, await ReadProblemAsync(response, cancellationToken));
    }

    /// <summary>Sends the request and reads the JSON response; throws <see cref="ApiException"/> on an error status.</summary>
    public static async Task<T> SendForJsonAsync<T>(
        this HttpClient client, HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await client.SendOrThrowAsync(request, cancellationToken);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken)
            ?? throw new ApiException(HttpStatusCode.BadGateway, new Problem(null, "Empty answer", 502, "The service answered with no content."));
    }

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var unsaid = new Problem(null, response.ReasonPhrase, (int)response.StatusCode, null);
        try
        {
            var problem = await response.Content.ReadFromJsonAsync(ContractsJson.Default.Problem, cancellationToken) ?? unsaid;
            return problem with { RetryAfter = problem.RetryAfter ?? RetryAfter(response) };
        }
        catch (JsonException)
        {
            return unsaid with { RetryAfter = RetryAfter(response) };
        }
    }

    private static int? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null;
}
