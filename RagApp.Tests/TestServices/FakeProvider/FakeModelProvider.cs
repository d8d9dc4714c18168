using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>
/// A real HTTP server on loopback that speaks OpenAI's API: <c>/v1/chat/completions</c>, streamed or not, and
/// <c>/v1/embeddings</c>. It misbehaves when told to.
/// </summary>
internal sealed class FakeModelProvider : IAsyncDisposable
{
    public const string Key = "sk-secret-0123456789";
    public const string ChatModel = "fake-chat";
    public const string EmbeddingModel = "fake-embedding";
    public const int Dimension = 8;
    public const string Answer = "The capital is Paris.";

    /// <summary>Pieces of a stream that come before it is cut, ended or stalled.</summary>
    public const int PiecesBeforeTheCut = 2;

    private readonly WebApplication _app;
    private readonly TaskCompletionSource _mayCut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeModelProvider(WebApplication app) => _app = app;

    public Uri Endpoint => new($"{_app.Urls.Single()}/v1");

    /// <summary>What it answers when nothing is streamed.</summary>
    public string Says { get; set; } = Answer;

    public ProviderBehaviour Behaviour { get; set; } = ProviderBehaviour.Well;

    /// <summary>The bodies received, in their order.</summary>
    public ConcurrentQueue<JsonNode> Requests { get; } = [];

    public static async Task<FakeModelProvider> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var provider = new FakeModelProvider(builder.Build());
        provider._app.MapPost("/v1/chat/completions", provider.ChatAsync);
        provider._app.MapPost("/v1/embeddings", provider.EmbedAsync);
        await provider._app.StartAsync(cancellationToken);
        return provider;
    }

    /// <summary>The reader has what was sent: a connection dropped before would take it away.</summary>
    public void MayCut() => _mayCut.TrySetResult();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ChatAsync(HttpContext context)
    {
        var request = await ReceiveAsync(context);
        if (await MisbehaveAsync(context, request))
            return;
        if (request["stream"]?.GetValue<bool>() == true)
            await ChatStream.WriteAsync(context, Answer, Behaviour, _mayCut.Task);
        else
            await context.Response.WriteAsJsonAsync(ChatCompletion(), context.RequestAborted);
    }

    private async Task EmbedAsync(HttpContext context)
    {
        var request = await ReceiveAsync(context);
        if (!await MisbehaveAsync(context, request))
            await context.Response.WriteAsJsonAsync(Embeddings(request), context.RequestAborted);
    }

    private async Task<JsonNode> ReceiveAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        Requests.Enqueue(request);
        return request;
    }

    /// <summary>Answers badly, if so told; streams are cut elsewhere.</summary>
    private async Task<bool> MisbehaveAsync(HttpContext context, JsonNode request)
    {
        switch (Behaviour)
        {
            case ProviderBehaviour.RateLimited:
                context.Response.Headers.RetryAfter = "7";
                return await FailAsync(context, 429, "rate_limit_exceeded", "Slow down.");
            case ProviderBehaviour.WrongKey:
                return await FailAsync(context, 401, "invalid_api_key", $"Incorrect API key provided: {context.Request.Headers.Authorization}");
            case ProviderBehaviour.ContextExceeded:
                return await FailAsync(context, 400, "context_length_exceeded", $"Too long: {request.ToJsonString()}");
            case ProviderBehaviour.NoSuchModel:
                return await FailAsync(context, 404, "model_not_found", "No such model.");
            case ProviderBehaviour.Failing:
                context.Response.StatusCode = 500;
                await context.Response.WriteAsync("<html>oops</html>", context.RequestAborted);
                return true;
            case ProviderBehaviour.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                return true;
            case ProviderBehaviour.Garbage:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("{\"choices\": [nonsense", context.RequestAborted);
                return true;
            default:
                return false;
        }
    }

    private static async Task<bool> FailAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(
            new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "error", ["code"] = code } }, context.RequestAborted);
        return true;
    }

    private JsonObject ChatCompletion() => new()
    {
        ["id"] = "chat-1",
        ["object"] = "chat.completion",
        ["created"] = 1_700_000_000,
        ["model"] = ChatModel,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = Says },
            ["finish_reason"] = "stop",
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 11, ["completion_tokens"] = 5, ["total_tokens"] = 16 },
    };

    /// <summary>Vectors that say which text they are for: its length comes first. Their own length is not one.</summary>
    private static JsonObject Embeddings(JsonNode request)
    {
        var texts = request["input"]!.AsArray().Select(text => text!.GetValue<string>()).ToArray();
        var data = texts.Select((text, index) =>
        {
            var bytes = new byte[Dimension * sizeof(float)];
            BitConverter.TryWriteBytes(bytes, (float)text.Length);
            BitConverter.TryWriteBytes(bytes.AsSpan(sizeof(float)), 1f);
            return (JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = index, ["embedding"] = Convert.ToBase64String(bytes) };
        });
        var tokens = texts.Sum(text => text.Length);
        return new JsonObject
        {
            ["object"] = "list",
            ["model"] = EmbeddingModel,
            ["data"] = new JsonArray([.. data]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }
}
