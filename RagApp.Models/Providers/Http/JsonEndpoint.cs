using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace RagApp.Models.Providers.Http;

/// <summary>An address of a provider that takes and answers JSON; every failure is thrown as a <see cref="Errors.ModelException"/>.</summary>
internal sealed class JsonEndpoint : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;

    /// <param name="http">Client of a lease, whose handler bounds the call and throws its failures.</param>
    /// <param name="key">Key that is sent as a bearer token; empty for none.</param>
    public JsonEndpoint(HttpClient http, Uri address, string key)
    {
        (_http, _address) = (http, address);
        if (key.Length > 0)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
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
            var answer = await response.Content.ReadFromJsonAsync(answerType, cancellationToken) ?? throw ProviderErrors.BadAnswer();
            return (answer, response.Headers);
        }
        catch (Exception exception) when (ProviderErrors.AreOfProvider(cancellationToken))
        {
            throw ProviderErrors.Translate(exception);
        }
    }

    public void Dispose() => _http.Dispose();
}
