using Anthropic;
using Microsoft.Extensions.AI;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Anthropic;

/// <summary>Chat with Anthropic's models.</summary>
internal static class AnthropicChat
{
    public static IChatClient Open(HttpClient http, Uri endpoint, string model, string key)
    {
        var client = new AnthropicClient
        {
            ApiKey = key,
            // Nothing comes from the environment: neither a token, nor the wish to record prompts in spans.
            AuthToken = null,
            OpenTelemetry = false,
            BaseUrl = endpoint.AbsoluteUri.TrimEnd('/'),
            HttpClient = http,
            MaxRetries = 0,
            // The handler's time limits end a call before the library's own does, which counts the whole answer.
            Timeout = TimeSpan.FromDays(1),
        };
        return new ProviderChat(client.AsIChatClient(model));
    }
}
