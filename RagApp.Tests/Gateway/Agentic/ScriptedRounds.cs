using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Agentic;

/// <summary>
/// A model behind OpenAI's protocol that plays one round after the other, and its last round again and again. When it may call no tool, it gives
/// <see cref="Answer"/> instead of a call.
/// </summary>
internal sealed class ScriptedRounds : IAsyncDisposable
{
    public const string Answer = "There are 30 days [1].";

    private readonly IReadOnlyList<Round> _rounds;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StubService _service = null!;

    private ScriptedRounds(IReadOnlyList<Round> rounds) => _rounds = rounds;

    /// <summary>Bodies of the requests, in their order.</summary>
    public ConcurrentQueue<JsonNode> Requests { get; } = [];

    /// <summary>True to call tools even where the request says that there may be no call.</summary>
    public bool IsDisobedient { get; set; }

    /// <summary>Tokens that each round reports for its prompt.</summary>
    public int PromptTokens { get; set; } = 100;

    /// <summary>Completes when the caller has left during a round without an end.</summary>
    public Task Left => _left.Task;

    public string[] Settings => [$"--Chat:Endpoint={_service.Address}/v1", "--Chat:ApiKey=sk-test", "--Chat:Model=test-model", "--Chat:MaxOutputTokens=100"];

    public static async Task<ScriptedRounds> StartAsync(CancellationToken cancellationToken, params Round[] rounds)
    {
        var model = new ScriptedRounds(rounds);
        model._service = await StubService.StartAsync(model.PlayAsync, cancellationToken);
        return model;
    }

    /// <summary>Results of the tools that the request number <paramref name="index"/> has, in their order.</summary>
    public IReadOnlyList<string> ResultsIn(int index) =>
    [
        .. Requests.ElementAt(index)["messages"]!.AsArray().Where(message => message!["role"]!.GetValue<string>() == "tool")
            .Select(message => message!["content"] is JsonArray parts ? string.Concat(parts.Select(part => part!["text"]!.GetValue<string>())) : message["content"]!.GetValue<string>()),
    ];

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task PlayAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        Requests.Enqueue(request);
        var round = _rounds[Math.Min(Requests.Count, _rounds.Count) - 1];
        if (round.Calls.Length > 0 && !IsDisobedient && request["tool_choice"]?.ToString() == "none")
            round = new Round(Answer);
        context.Response.ContentType = "text/event-stream";
        foreach (var piece in (round.Text ?? "").Chunk(3))
            await SendAsync(context, Chunk(new JsonObject { ["content"] = new string(piece) }, finish: null));
        if (round.IsEndless)
        {
            _ = context.RequestAborted.Register(() => _left.TrySetResult()); // not disposed: the abort may come as the method ends
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        foreach (var (index, call) in round.Calls.Index())
            await SendAsync(context, Chunk(new JsonObject { ["tool_calls"] = new JsonArray(ToolCall(index, call)) }, finish: null));
        await SendAsync(context, Chunk([], round.Calls.Length > 0 ? "tool_calls" : "stop"));
        var usage = Chunk([], finish: null);
        usage["choices"] = new JsonArray();
        usage["usage"] = new JsonObject { ["prompt_tokens"] = PromptTokens, ["completion_tokens"] = 10, ["total_tokens"] = PromptTokens + 10 };
        await SendAsync(context, usage);
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private JsonObject ToolCall(int index, (string Tool, string Arguments) call) => new()
    {
        ["index"] = index,
        ["id"] = $"call_{Requests.Count}_{index}",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Tool, ["arguments"] = call.Arguments },
    };

    private static JsonObject Chunk(JsonObject delta, string? finish) => new()
    {
        ["id"] = "1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "m",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };

    private static async Task SendAsync(HttpContext context, JsonObject data)
    {
        await context.Response.WriteAsync($"data: {data.ToJsonString()}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}

/// <summary>One call of the model: some text, then tool calls.</summary>
internal sealed record Round(string? Text, params (string Tool, string Arguments)[] Calls)
{
    /// <summary>True for a round that never ends.</summary>
    public bool IsEndless { get; init; }

    public static Round Search(string query) => new(null, ("documents_search", $$"""{"query":"{{query}}"}"""));
}
