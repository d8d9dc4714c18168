using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>Creates the client for an OpenAI-compatible endpoint, without retries.</summary>
internal static class OpenAIConnection
{
    /// <summary>Key that is sent to an endpoint without keys: the client requires one.</summary>
    private const string NoKey = "none";

    public static OpenAIClient Open(Uri endpoint, string apiKey, TimeSpan timeout) => new(
        new ApiKeyCredential(apiKey.Length > 0 ? apiKey : NoKey),
        new OpenAIClientOptions
        {
            Endpoint = endpoint,
            NetworkTimeout = timeout,
            // The client's own retries would wait for the provider's Retry-After, however long, while a person waits for the
            // answer, and would add load to a provider that is down. An error is thrown at once, with the time to wait: the job
            // queue repeats bulk work, and a person sees the error.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });
}
