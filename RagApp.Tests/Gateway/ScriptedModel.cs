using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

/// <summary>A model behind OpenAI's protocol that gives a fixed answer to every request.</summary>
internal static class ScriptedModel
{
    /// <param name="answer">The answer; it is streamed in pieces of three characters, so that citation markers are split.</param>
    /// <param name="finishReason">Finish reason of the stream, such as <c>stop</c> or <c>length</c>.</param>
    /// <param name="tokens">Number of tokens that the model reports, of the prompt and of the answer each; 0 to report none.</param>
    public static Task<StubService> StartAsync(string answer, CancellationToken cancellationToken, string finishReason = "stop", int tokens = 0) =>
        StubService.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var piece in answer.Chunk(3))
                await SendAsync(context, Chunk(new JsonObject { ["content"] = new string(piece) }, null).ToJsonString());
            var last = Chunk([], finishReason);
            if (tokens > 0)
                last["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["completion_tokens"] = tokens, ["total_tokens"] = 2 * tokens };
            await SendAsync(context, last.ToJsonString());
            await SendAsync(context, "[DONE]");
        }, cancellationToken);

    /// <summary>Starts a model that repeats a sentence without end and ignores the token limit.</summary>
    public static Task<StubService> StartEndlessAsync(string sentence, CancellationToken cancellationToken) =>
        StubService.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            while (!context.RequestAborted.IsCancellationRequested)
                await SendAsync(context, Chunk(new JsonObject { ["content"] = sentence }, null).ToJsonString());
        }, cancellationToken);

    private static JsonObject Chunk(JsonObject delta, string? finishReason) => new()
    {
        ["id"] = "1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "m",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason }),
    };

    private static async Task SendAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
