using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>A streamed chat completion: one word per event, then the finish reason, the usage and <c>[DONE]</c>.</summary>
internal static class ChatStream
{
    public static async Task WriteAsync(HttpContext context, string answer, ProviderBehaviour behaviour, Task mayCut)
    {
        context.Response.ContentType = "text/event-stream";
        if (behaviour == ProviderBehaviour.CutAtOnce)
        {
            await SendAsync(context, Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }, null).ToJsonString());
            context.Abort();
            return;
        }
        var words = 0;
        foreach (var word in answer.Split(' '))
        {
            await SendAsync(context, Chunk(new JsonObject { ["role"] = "assistant", ["content"] = words == 0 ? word : " " + word }, null).ToJsonString());
            if (behaviour == ProviderBehaviour.SlowDrip)
                await Task.Delay(FakeModelProvider.DripPause, TimeProvider.System, context.RequestAborted);
            if (++words != FakeModelProvider.PiecesBeforeTheCut)
                continue;
            switch (behaviour)
            {
                case ProviderBehaviour.CutOff:
                    await mayCut.WaitAsync(context.RequestAborted);
                    context.Abort();
                    return;
                case ProviderBehaviour.EndsEarly:
                    return;
                case ProviderBehaviour.GarbageMidway:
                    await SendAsync(context, "{\"choices\": [nonsense");
                    return;
                case ProviderBehaviour.Stalls:
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                    return;
            }
        }
        await SendAsync(context, Chunk([], "stop").ToJsonString());
        await SendAsync(context, "[DONE]");
    }

    public static async Task WriteCallAsync(HttpContext context, string tool)
    {
        context.Response.ContentType = "text/event-stream";
        await SendAsync(context, Chunk(new JsonObject { ["role"] = "assistant", ["tool_calls"] = new JsonArray(FakeToolCall.Of(tool)) }, null).ToJsonString());
        await SendAsync(context, Chunk([], "tool_calls").ToJsonString());
        await SendAsync(context, "[DONE]");
    }

    private static JsonObject Chunk(JsonObject delta, string? finishReason) => new()
    {
        ["id"] = "chat-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1_700_000_000,
        ["model"] = FakeModelProvider.ChatModel,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason }),
    };

    private static async Task SendAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
