using Microsoft.Extensions.AI;
using OpenAI.Chat;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>Chat with OpenAI and with any endpoint that has OpenAI's API.</summary>
internal static class OpenAIChat
{
    /// <param name="endpoint">Base address, in front of <c>/chat/completions</c>.</param>
    public static IChatClient Open(HttpClient http, Uri endpoint, string model, string key) =>
        new ProviderChat(new ChatClient(model, OpenAIConnection.Credential(key), OpenAIConnection.Options(http, endpoint)).AsIChatClient());
}
