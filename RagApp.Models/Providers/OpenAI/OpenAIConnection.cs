using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>Key and options of OpenAI's clients on a connection of this program, which repeats and bounds calls itself.</summary>
internal static class OpenAIConnection
{
    /// <summary>Key that is sent to an endpoint without keys: the client requires one.</summary>
    private const string NoKey = "none";

    /// <summary>The handler's time limits end a call before the library's own does.</summary>
    private static readonly TimeSpan BeyondTheHandler = TimeSpan.FromHours(1);

    public static ApiKeyCredential Credential(string key) => new(key.Length > 0 ? key : NoKey);

    public static OpenAIClientOptions Options(HttpClient http, Uri endpoint) => new()
    {
        Endpoint = endpoint,
        NetworkTimeout = BeyondTheHandler,
        Transport = new HttpClientPipelineTransport(http),
        // The pool repeats calls, on another deployment, and keeps away from one that is at its limit.
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
    };
}
