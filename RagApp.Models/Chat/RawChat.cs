using System.Buffers;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RagApp.Contracts.Http;
using RagApp.Models.Chat.Completions;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Models.Providers;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Chat;

/// <summary>
/// Chat completions as OpenAI's API has them. A deployment with that API gets the request as it is, with fields that this program does not know, and its
/// answer comes back as it is; for another one both are translated.
/// </summary>
public sealed class RawChat
{
    private const string ModelField = "model";

    private readonly ProviderConnections _connections;
    private readonly ChatClients _clients;
    private readonly TimeProvider _time;
    private readonly ConditionalWeakTable<Upstream, HttpClient> _http = [];

    internal RawChat(ProviderConnections connections, ChatClients clients, TimeProvider time) => (_connections, _clients, _time) = (connections, clients, time);

    /// <summary>
    /// Sends a request to a deployment of the model in the caller's region, and to another one when it fails; returns when the answer has begun. A request
    /// that cannot be translated goes only to deployments that need no translation.
    /// </summary>
    /// <param name="tokens">Tokens of the prompt and of the longest allowed answer, estimated.</param>
    /// <param name="body">Request of <c>POST /v1/chat/completions</c>, a JSON object; its <c>model</c> is replaced by the name at the provider.</param>
    /// <exception cref="ModelException">No deployment answered.</exception>
    /// <exception cref="ProblemException">400: the request cannot be translated, and every deployment in the region needs that.</exception>
    /// <exception cref="JsonException">The body is no JSON object.</exception>
    public async Task<RawAnswer> CallAsync(ChatModel model, ModelCaller caller, long tokens, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = JsonElement.Parse(body.Span);
        if (request.ValueKind != JsonValueKind.Object)
            throw new JsonException("The request is no JSON object.");
        var call = new Call(this, model, request);
        try
        {
            return await model.CallAsync(caller, tokens, call.AttemptAsync, second => second.DisposeAsync(), cancellationToken, call.Suits);
        }
        catch (ModelException failure) when (failure.Error == ModelError.Unsuitable && call.Refusal is not null)
        {
            throw ProblemException.BadRequest(call.Refusal.Message, failure);
        }
    }

    private async Task<RawAnswer> SendAsync(DeploymentLease lease, Uri address, JsonElement request, bool isStream, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{address.AbsoluteUri.TrimEnd('/')}/chat/completions")
        {
            Content = new ByteArrayContent(WithModel(request, lease.Deployment.Model)),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (lease.Secret.Length > 0)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", lease.Secret);
        var http = _http.GetValue(lease.Upstream, _ => _connections.Open(lease));
        var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        lease.Answered();
        return RawAnswer.Of(answer, isStream, lease);
    }

    private async Task<RawAnswer> TranslateAsync(DeploymentLease lease, TranslatedRequest request, bool isStream, CancellationToken cancellationToken)
    {
        var client = _clients.For(lease);
        var writer = new AnswerWriter(lease.Deployment.Model, _time);
        if (isStream)
        {
            var updates = client.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken);
            return RawAnswer.Of(await ChatStream.OpenAsync(lease, updates, cancellationToken), writer, lease);
        }
        return RawAnswer.Of(await client.GetResponseAsync(request.Messages, request.Options, cancellationToken), writer, lease);
    }

    private static byte[] WithModel(JsonElement request, string model)
    {
        var changed = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(changed))
        {
            writer.WriteStartObject();
            writer.WriteString(ModelField, model);
            foreach (var field in request.EnumerateObject().Where(field => !field.NameEquals(ModelField)))
                field.WriteTo(writer);
            writer.WriteEndObject();
        }
        return changed.WrittenSpan.ToArray();
    }

    /// <summary>One request on its way; it is translated once, and only when a deployment needs it.</summary>
    private sealed class Call(RawChat raw, ChatModel model, JsonElement request)
    {
        private readonly bool _isStream = request.FieldOf("stream")?.ValueKind == JsonValueKind.True;
        private TranslatedRequest? _translated;

        /// <summary>Field of the request that cannot be translated; null as long as none is known.</summary>
        public ProblemException? Refusal { get; private set; }

        public bool Suits(Deployment deployment) => ChatProviders.OpenAIBaseOf(deployment) is not null || Translated is not null;

        public Task<RawAnswer> AttemptAsync(DeploymentLease lease, CancellationToken cancellationToken) =>
            ChatProviders.OpenAIBaseOf(lease.Deployment) is { } address
                ? raw.SendAsync(lease, address, request, _isStream, cancellationToken)
                : raw.TranslateAsync(lease, Translated!, _isStream, cancellationToken);

        private TranslatedRequest? Translated
        {
            get
            {
                if (_translated is not null || Refusal is not null)
                    return _translated;
                try
                {
                    _translated = RequestReader.Read(request);
                    _translated.Options.MaxOutputTokens ??= model.MaxOutputTokens;
                }
                catch (ProblemException refusal)
                {
                    Refusal = refusal;
                }
                return _translated;
            }
        }
    }
}
