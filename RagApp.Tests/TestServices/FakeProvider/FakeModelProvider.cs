using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>
/// A real HTTP server on loopback that implements OpenAI's API: <c>/v1/chat/completions</c>, streamed or not, and
/// <c>/v1/embeddings</c>. A test can make it misbehave.
/// </summary>
internal sealed class FakeModelProvider : IAsyncDisposable
{
    public const string Key = "sk-secret-0123456789";
    public const string ChatModel = "fake-chat";
    public const string EmbeddingModel = "fake-embedding";
    public const int Dimension = 8;
    public const string Answer = "The capital is Paris.";
    public const string ToolCallId = "call_1";
    public const string ToolArguments = """{"country":"France"}""";

    /// <summary>Number of pieces of a stream that are sent before the stream is cut, ended or stalled.</summary>
    public const int PiecesBeforeTheCut = 3;

    /// <summary>Pause between two tokens of a slow stream.</summary>
    public static readonly TimeSpan DripPause = TimeSpan.FromMilliseconds(300);

    private readonly WebApplication _app;
    private readonly TaskCompletionSource _mayCut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _throttled;

    private FakeModelProvider(WebApplication app) => _app = app;

    /// <summary>Address without the path of an API.</summary>
    public Uri Root => new(_app.Urls.Single());

    public Uri Endpoint => new($"{_app.Urls.Single()}/v1");

    /// <summary>Text of an answer that is not streamed.</summary>
    public string Says { get; set; } = Answer;

    /// <summary>True to call the first tool of a request, with <see cref="ToolArguments"/>, before the answer.</summary>
    public bool CallsTools { get; set; }

    public ProviderBehaviour Behaviour { get; set; } = ProviderBehaviour.Well;

    /// <summary>Behaviour towards single keys, which goes before <see cref="Behaviour"/>.</summary>
    public ConcurrentDictionary<string, ProviderBehaviour> BehaviourByKey { get; } = [];

    /// <summary>Limits of single keys; other keys have none.</summary>
    public ConcurrentDictionary<string, FakeLimits> Limits { get; } = [];

    /// <summary>Keys of the received requests, in their order.</summary>
    public ConcurrentQueue<string> Keys { get; } = [];

    /// <summary>Number of requests that a limit refused.</summary>
    public int Throttled => _throttled;

    /// <summary>Pause before each answer.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Completes when a caller has left during an answer.</summary>
    public Task Left => _left.Task;

    /// <summary>Lets answers begin; they wait for it while it is not null.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Bodies of the received requests, in their order.</summary>
    public ConcurrentQueue<JsonNode> Requests { get; } = [];

    public static async Task<FakeModelProvider> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var provider = new FakeModelProvider(builder.Build());
        provider._app.MapPost("/v1/chat/completions", provider.ChatAsync);
        provider._app.MapPost("/openai/v1/chat/completions", provider.ChatAsync);
        provider._app.MapPost("/v1/messages", provider.MessagesAsync);
        provider._app.MapPost("/api/chat", provider.OllamaAsync);
        provider._app.MapPost("/v1/embeddings", provider.EmbedAsync);
        await provider._app.StartAsync(cancellationToken);
        return provider;
    }

    /// <summary>
    /// Lets the server cut the connection; to be called after the reader has received the data, which an earlier cut would
    /// discard.
    /// </summary>
    public void MayCut() => _mayCut.TrySetResult();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ChatAsync(HttpContext context)
    {
        var request = await ReceiveAsync(context);
        if (await MisbehaveAsync(context, request))
            return;
        var tool = CallsTools ? FakeToolCall.In(request) : null;
        if (request["stream"]?.GetValue<bool>() != true)
            await context.Response.WriteAsJsonAsync(ChatCompletion(tool), context.RequestAborted);
        else if (tool is not null)
            await ChatStream.WriteCallAsync(context, tool);
        else
            await ChatStream.WriteAsync(context, Answer, BehaviourTo(context), _mayCut.Task);
    }

    private async Task MessagesAsync(HttpContext context)
    {
        var request = await ReceiveAsync(context);
        if (BehaviourTo(context) == ProviderBehaviour.ContextExceeded)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(
                FakeAnthropic.Error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"), context.RequestAborted);
        }
        else if (!await MisbehaveAsync(context, request))
            await FakeAnthropic.WriteAsync(context, request, Answer, CallsTools ? FakeToolCall.In(request) : null, BehaviourTo(context) == ProviderBehaviour.Stalls);
    }

    private async Task OllamaAsync(HttpContext context)
    {
        var request = await ReceiveAsync(context);
        if (!await MisbehaveAsync(context, request))
            await FakeOllama.WriteAsync(context, request, Answer);
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
        Keys.Enqueue(KeyOf(context));
        _ = context.RequestAborted.Register(() => _left.TrySetResult()); // not disposed: the abort may come as the method ends
        if (Hold is { } hold)
            await hold.Task.WaitAsync(context.RequestAborted);
        if (Pause > TimeSpan.Zero)
            await Task.Delay(Pause, TimeProvider.System, context.RequestAborted);
        return request;
    }

    private static string KeyOf(HttpContext context) =>
        context.Request.Headers["x-api-key"].ToString() is { Length: > 0 } key ? key : context.Request.Headers.Authorization.ToString().Split(' ')[^1];

    private ProviderBehaviour BehaviourTo(HttpContext context) => BehaviourByKey.GetValueOrDefault(KeyOf(context), Behaviour);

    /// <summary>Sends the faulty response that the test asked for; streams are cut elsewhere.</summary>
    private async Task<bool> MisbehaveAsync(HttpContext context, JsonNode request)
    {
        if (Limits.TryGetValue(KeyOf(context), out var limits) && !limits.TryTake(TokensOf(request), context.Response.Headers))
        {
            Interlocked.Increment(ref _throttled);
            return await FailAsync(context, 429, "rate_limit_exceeded", "Slow down.");
        }
        switch (BehaviourTo(context))
        {
            case ProviderBehaviour.Overloaded:
                context.Response.Headers.RetryAfter = "20";
                return await FailAsync(context, 503, "overloaded", "Come back later.");
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

    /// <summary>Tokens that count against the limit: those of the prompt, estimated, and of the longest allowed answer.</summary>
    private static double TokensOf(JsonNode request) =>
        (request["messages"]!.ToJsonString().Length / 4) + ((request["max_completion_tokens"] ?? request["max_tokens"])?.GetValue<int>() ?? 0);

    private static async Task<bool> FailAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(
            new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "error", ["code"] = code } }, context.RequestAborted);
        return true;
    }

    private JsonObject ChatCompletion(string? tool) => new()
    {
        ["id"] = "chat-1",
        ["object"] = "chat.completion",
        ["created"] = 1_700_000_000,
        ["model"] = ChatModel,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = tool is null
                ? new JsonObject { ["role"] = "assistant", ["content"] = Says }
                : new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = new JsonArray(FakeToolCall.Of(tool)) },
            ["finish_reason"] = tool is null ? "stop" : "tool_calls",
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 11, ["completion_tokens"] = 5, ["total_tokens"] = 16 },
    };

    /// <summary>Vectors that identify their text: the first number is the text's length. They are not normalised.</summary>
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
