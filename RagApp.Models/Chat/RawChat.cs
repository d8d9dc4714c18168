using System.Buffers;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Models.Providers;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Chat;

/// <summary>
/// Chat completions as OpenAI's API has them, passed through: fields that this program does not know reach the provider, and
/// its answer comes back as it is.
/// </summary>
public sealed class RawChat
{
    private const string ModelField = "model";

    private readonly ProviderConnections _connections;
    private readonly ConditionalWeakTable<Upstream, HttpClient> _clients = [];

    internal RawChat(ProviderConnections connections) => _connections = connections;

    /// <summary>True when the deployment has an API compatible with OpenAI's.</summary>
    public static bool Serves(Deployment deployment) => ChatProviders.OpenAIBaseOf(deployment) is not null;

    /// <summary>
    /// Sends a request to a deployment of the model in the caller's region, and to another one when it fails; returns when the
    /// headers of a successful answer are there.
    /// </summary>
    /// <param name="tokens">Tokens of the prompt and of the longest allowed answer, estimated.</param>
    /// <param name="body">See <see cref="SendAsync"/>.</param>
    /// <exception cref="ModelException">No deployment answered.</exception>
    /// <exception cref="JsonException">The body is no JSON object.</exception>
    public Task<RawAnswer> CallAsync(ChatModel model, ModelCaller caller, long tokens, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        model.CallAsync(
            caller,
            tokens,
            async (lease, stop) => new RawAnswer(await SendAsync(lease, body, stop), lease),
            second => second.DisposeAsync(),
            cancellationToken,
            Serves);

    /// <summary>Sends a request to the deployment of a lease, and returns when the headers of a successful answer are there.</summary>
    /// <param name="body">
    /// Request of <c>POST /v1/chat/completions</c>, a JSON object. Its <c>model</c> is replaced by the name of the model at the
    /// provider.
    /// </param>
    /// <returns>
    /// The answer, whose body streams as the provider sends it; a read that fails or takes too long throws
    /// <see cref="ModelException"/>. The caller reports the outcome to the lease.
    /// </returns>
    /// <exception cref="ModelException">The provider answered with an error, or not at all; the lease is not told.</exception>
    /// <exception cref="JsonException">The body is no JSON object.</exception>
    public async Task<HttpResponseMessage> SendAsync(DeploymentLease lease, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var address = ChatProviders.OpenAIBaseOf(lease.Deployment)
            ?? throw new ModelException(ModelError.Refused, $"The model {lease.Model} has no API compatible with OpenAI's: use the answers API, or another model.");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address.AbsoluteUri.TrimEnd('/')}/chat/completions")
        {
            Content = new ByteArrayContent(WithModel(body, lease.Deployment.Model)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (lease.Secret.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", lease.Secret);
        var http = _clients.GetValue(lease.Upstream, _ => _connections.Open(lease));
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        lease.Answered();
        return answer;
    }

    private static byte[] WithModel(ReadOnlyMemory<byte> body, string model)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("The request is no JSON object.");
        var changed = new ArrayBufferWriter<byte>(body.Length + model.Length);
        using (var writer = new Utf8JsonWriter(changed))
        {
            writer.WriteStartObject();
            writer.WriteString(ModelField, model);
            foreach (var field in json.RootElement.EnumerateObject().Where(field => !field.NameEquals(ModelField)))
                field.WriteTo(writer);
            writer.WriteEndObject();
        }
        return changed.WrittenSpan.ToArray();
    }
}
