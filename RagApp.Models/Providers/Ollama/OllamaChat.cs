using System.Net.Http.Headers;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OllamaSharp.Models;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Ollama;

/// <summary>
/// Chat with a model of Ollama by its own API, where each request says how long a prompt the model reads: by its OpenAI-compatible
/// API, Ollama drops the beginning of a prompt beyond its default length without a word.
/// </summary>
internal static class OllamaChat
{
    private const string OpenAIPath = "/v1";

    public static IChatClient Open(HttpClient http, Uri endpoint, string model, string key, int maxContextTokens)
    {
        http.BaseAddress = RootOf(endpoint);
        if (key.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new ProviderChat(new OllamaApiClient(http, model))
            .AsBuilder()
            .ConfigureOptions(options => options.AddOllamaOption(OllamaOption.NumCtx, maxContextTokens))
            .Build();
    }

    /// <summary>Base address of Ollama's OpenAI-compatible API.</summary>
    public static Uri OpenAIBaseOf(Uri endpoint) => new($"{RootOf(endpoint).AbsoluteUri.TrimEnd('/')}{OpenAIPath}");

    /// <summary>The address without <c>/v1</c>, which people know from the other API.</summary>
    private static Uri RootOf(Uri endpoint)
    {
        var address = endpoint.AbsoluteUri.TrimEnd('/');
        return new Uri((address.EndsWith(OpenAIPath, StringComparison.Ordinal) ? address[..^OpenAIPath.Length] : address) + "/");
    }
}
