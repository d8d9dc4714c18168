using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>How every call to an OpenAI-compatible endpoint is made.</summary>
internal static class OpenAIConnection
{
    /// <summary>An endpoint without keys is sent this one: the client insists on some.</summary>
    private const string NoKey = "none";

    public static OpenAIClient Open(Uri endpoint, string apiKey, TimeSpan timeout) => new(
        new ApiKeyCredential(apiKey.Length > 0 ? apiKey : NoKey),
        new OpenAIClientOptions
        {
            Endpoint = endpoint,
            NetworkTimeout = timeout,
            // The client would wait out a provider's Retry-After, however long, while a person waits for the answer,
            // and would multiply load on a provider that is down. Errors go up at once, with the time to wait: bulk
            // work is repeated by its job queue, and a person is told.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });
}
