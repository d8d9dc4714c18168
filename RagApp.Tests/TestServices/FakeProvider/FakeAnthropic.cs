using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>Answers of Anthropic's <c>/v1/messages</c>, at once or as a stream of events.</summary>
internal static class FakeAnthropic
{
    public static async Task WriteAsync(HttpContext context, JsonNode request, string answer)
    {
        var headers = context.Response.Headers;
        headers["anthropic-ratelimit-requests-limit"] = "50";
        headers["anthropic-ratelimit-requests-remaining"] = "49";
        headers["anthropic-ratelimit-requests-reset"] = "2099-01-01T00:00:00Z";
        if (request["stream"]?.GetValue<bool>() != true)
        {
            await context.Response.WriteAsJsonAsync(Message(answer, "end_turn"), context.RequestAborted);
            return;
        }
        context.Response.ContentType = "text/event-stream";
        await SendAsync(context, new JsonObject { ["type"] = "message_start", ["message"] = Message(text: null, stopReason: null) });
        await SendAsync(context, new JsonObject { ["type"] = "content_block_start", ["index"] = 0, ["content_block"] = TextBlock("") });
        foreach (var word in answer.Split(' ').Select((word, index) => index == 0 ? word : " " + word))
        {
            await SendAsync(context, new JsonObject
            {
                ["type"] = "content_block_delta", ["index"] = 0, ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = word },
            });
        }
        await SendAsync(context, new JsonObject { ["type"] = "content_block_stop", ["index"] = 0 });
        await SendAsync(context, new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = "end_turn", ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = 5 },
        });
        await SendAsync(context, new JsonObject { ["type"] = "message_stop" });
    }

    public static JsonObject Error(string type, string message) =>
        new() { ["type"] = "error", ["error"] = new JsonObject { ["type"] = type, ["message"] = message } };

    private static JsonObject Message(string? text, string? stopReason) => new()
    {
        ["id"] = "msg_1",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = FakeModelProvider.ChatModel,
        ["content"] = text is null ? [] : new JsonArray(TextBlock(text)),
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject { ["input_tokens"] = 11, ["output_tokens"] = text is null ? 1 : 5 },
    };

    private static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };

    private static async Task SendAsync(HttpContext context, JsonObject data)
    {
        await context.Response.WriteAsync($"event: {data["type"]}\ndata: {data.ToJsonString()}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
