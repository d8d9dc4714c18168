using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RagApp.Models.Errors;

namespace RagApp.Models.Providers.Http;

/// <summary>An address of a provider that takes and answers JSON; every failure is thrown as a <see cref="ModelException"/>.</summary>
internal sealed class JsonEndpoint : IDisposable
{
    /// <summary>Time after which a connection is made anew, so that a change of the address in DNS is noticed.</summary>
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly Uri _address;

    private JsonEndpoint(HttpClient http, Uri address) => (_http, _address) = (http, address);

    /// <param name="apiKey">Key that is sent as a bearer token; empty for none.</param>
    /// <param name="timeout">Longest wait for an answer.</param>
    public static JsonEndpoint Open(Uri address, string apiKey, TimeSpan timeout)
    {
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLife }) { Timeout = timeout };
        if (apiKey.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        return new JsonEndpoint(http, address);
    }

    /// <summary>The address of an API's method: <paramref name="path"/> behind the base address.</summary>
    public static Uri Below(Uri api, string path) => new($"{api.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <summary>Posts <paramref name="request"/>, and gives the answer with the response's headers.</summary>
    public async Task<(TAnswer Answer, HttpResponseHeaders Headers)> PostAsync<TRequest, TAnswer>(
        TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
        where TAnswer : class
    {
        try
        {
            using var content = JsonContent.Create(request, requestType);
            using var response = await _http.PostAsync(_address, content, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw await ProviderErrors.OfResponseAsync(response, TimeProvider.System, cancellationToken);
            var answer = await response.Content.ReadFromJsonAsync(answerType, cancellationToken) ?? throw ProviderErrors.BadAnswer();
            return (answer, response.Headers);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ProviderErrors.TimedOut();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ProviderErrors.Unavailable();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw ProviderErrors.BadAnswer();
        }
    }

    public void Dispose() => _http.Dispose();
}
