using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>Answers of Anthropic's <c>/v1/messages</c>, at once or as a stream of events.</summary>
internal static class FakeAnthropic
{
    public static async Task WriteAsync(HttpContext context, JsonNode request, string answer, string? tool, bool stalls)
    {
        var headers = context.Response.Headers;
        headers["anthropic-ratelimit-requests-limit"] = "50";
        headers["anthropic-ratelimit-requests-remaining"] = "49";
        headers["anthropic-ratelimit-requests-reset"] = "2099-01-01T00:00:00Z";
        if (request["stream"]?.GetValue<bool>() != true)
        {
            await context.Response.WriteAsJsonAsync(tool is null ? Message([TextBlock(answer)], "end_turn") : Message([ToolBlock(tool, JsonNode.Parse(FakeModelProvider.ToolArguments)!)], "tool_use"), context.RequestAborted);
            return;
        }
        context.Response.ContentType = "text/event-stream";
        await SendAsync(context, new JsonObject { ["type"] = "message_start", ["message"] = Message([], stopReason: null) });
        await SendAsync(context, new JsonObject { ["type"] = "content_block_start", ["index"] = 0, ["content_block"] = tool is null ? TextBlock("") : ToolBlock(tool, new JsonObject()) });
        var sent = 0;
        foreach (var delta in tool is null ? TextDeltas(answer) : [new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = FakeModelProvider.ToolArguments }])
        {
            await SendAsync(context, new JsonObject { ["type"] = "content_block_delta", ["index"] = 0, ["delta"] = delta });
            if (++sent == FakeModelProvider.PiecesBeforeTheCut && stalls)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        await SendAsync(context, new JsonObject { ["type"] = "content_block_stop", ["index"] = 0 });
        await SendAsync(context, new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = tool is null ? "end_turn" : "tool_use", ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = 5 },
        });
        await SendAsync(context, new JsonObject { ["type"] = "message_stop" });
    }

    public static JsonObject Error(string type, string message) =>
        new() { ["type"] = "error", ["error"] = new JsonObject { ["type"] = type, ["message"] = message } };

    private static JsonObject Message(JsonArray content, string? stopReason) => new()
    {
        ["id"] = "msg_1",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = FakeModelProvider.ChatModel,
        ["content"] = content,
        ["stop_reason"] = stopReason,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject { ["input_tokens"] = 11, ["output_tokens"] = stopReason is null ? 1 : 5 },
    };

    private static IEnumerable<JsonObject> TextDeltas(string answer) => answer.Split(' ')
        .Select((word, index) => new JsonObject { ["type"] = "text_delta", ["text"] = index == 0 ? word : " " + word });

    private static JsonObject ToolBlock(string name, JsonNode input) => new()
    {
        ["type"] = "tool_use", ["id"] = FakeModelProvider.ToolCallId, ["name"] = name, ["input"] = input,
    };

    private static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };

    private static async Task SendAsync(HttpContext context, JsonObject data)
    {
        await context.Response.WriteAsync($"event: {data["type"]}\ndata: {data.ToJsonString()}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
