using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>Answers of Ollama's <c>/api/chat</c>: one JSON object, or one per line and word.</summary>
internal static class FakeOllama
{
    public static async Task WriteAsync(HttpContext context, JsonNode request, string answer)
    {
        if (request["stream"]?.GetValue<bool>() == false)
        {
            await context.Response.WriteAsJsonAsync(Piece(answer, done: true), context.RequestAborted);
            return;
        }
        context.Response.ContentType = "application/x-ndjson";
        foreach (var word in answer.Split(' ').Select((word, index) => index == 0 ? word : " " + word))
            await SendAsync(context, Piece(word, done: false));
        await SendAsync(context, Piece("", done: true));
    }

    private static JsonObject Piece(string text, bool done)
    {
        var piece = new JsonObject
        {
            ["model"] = FakeModelProvider.ChatModel,
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
            ["done"] = done,
        };
        if (done)
        {
            piece["done_reason"] = "stop";
            piece["prompt_eval_count"] = 11;
            piece["eval_count"] = 5;
        }
        return piece;
    }

    private static async Task SendAsync(HttpContext context, JsonObject piece)
    {
        await context.Response.WriteAsync($"{piece.ToJsonString()}\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
