using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>Chat with OpenAI and with any endpoint that has OpenAI's API.</summary>
internal static class OpenAIChat
{
    /// <summary>Key that is sent to an endpoint without keys: the client requires one.</summary>
    private const string NoKey = "none";

    /// <summary>The handler's time limits end a call before the library's own does.</summary>
    private static readonly TimeSpan BeyondTheHandler = TimeSpan.FromHours(1);

    /// <param name="endpoint">Base address, in front of <c>/chat/completions</c>.</param>
    public static IChatClient Open(HttpClient http, Uri endpoint, string model, string key)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            NetworkTimeout = BeyondTheHandler,
            Transport = new HttpClientPipelineTransport(http),
            // The pool repeats calls, on another deployment, and keeps away from one that is at its limit.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        var credential = new ApiKeyCredential(key.Length > 0 ? key : NoKey);
        return new ProviderChat(new ChatClient(model, credential, options).AsIChatClient());
    }
}
