using System.Text.Json;
using Microsoft.Extensions.AI;
using RagApp.Contracts.Http;

namespace RagApp.Models.Chat.Completions;

/// <summary>Reads the messages of a request in OpenAI's format: texts, pictures, tool calls and their results.</summary>
internal static class MessageReader
{
    private const string Content = "content";

    /// <exception cref="ProblemException">400: a message is wrong, or has what the provider's API has no equal for.</exception>
    public static List<ChatMessage> Read(IEnumerable<JsonElement> messages)
    {
        var read = new List<ChatMessage>();
        foreach (var message in messages.Select(Read))
        {
            // The results of several calls belong to one message: Anthropic refuses a call whose result is not in the next one.
            if (message.Role == ChatRole.Tool && read is [.., { } last] && last.Role == ChatRole.Tool)
                last.Contents.Add(message.Contents[0]);
            else
                read.Add(message);
        }
        return read;
    }

    private static ChatMessage Read(JsonElement message) => message.TextOf("role") switch
    {
        "system" or "developer" => new ChatMessage(ChatRole.System, TextOf(message)),
        "user" => new ChatMessage(ChatRole.User, ContentsOf(message)),
        "assistant" => new ChatMessage(ChatRole.Assistant, [.. ContentsOf(message), .. message.ItemsOf("tool_calls").Select(CallOf)]),
        "tool" => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(message.RequiredTextOf("tool_call_id"), TextOf(message))]),
        _ => throw CompletionJson.Refuse("A message has the 'role' system, developer, user, assistant or tool."),
    };

    private static string TextOf(JsonElement message) =>
        string.Concat(ContentsOf(message).Select(content => content is TextContent text ? text.Text : throw CompletionJson.Refuse("Pictures stand in messages of the user only.")));

    /// <summary>The contents of <c>"content": "text"</c> or <c>"content": [{"type": "text", "text": "..."}, {"type": "image_url", ...}]</c>.</summary>
    private static List<AIContent> ContentsOf(JsonElement message) => message.FieldOf(Content) switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? [new TextContent(value)] : [],
        { ValueKind: JsonValueKind.Array } parts => [.. parts.EnumerateArray().Select(PartOf)],
        _ => throw CompletionJson.Refuse("'content' of a message is a text or a list of parts."),
    };

    private static AIContent PartOf(JsonElement part) => part.TextOf("type") switch
    {
        "text" => new TextContent(part.RequiredTextOf("text")),
        "image_url" when part.FieldOf("image_url") is { } picture => PictureOf(picture.RequiredTextOf("url")),
        var type => throw CompletionJson.Unknown($"A part of the type '{type}'"),
    };

    /// <summary>The picture of <c>data:image/png;base64,...</c> or of an address on the web.</summary>
    private static AIContent PictureOf(string url)
    {
        try
        {
            return url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? new DataContent(url) : new UriContent(new Uri(url), "image/*");
        }
        catch (Exception exception) when (exception is UriFormatException or FormatException or ArgumentException)
        {
            throw CompletionJson.Refuse("'image_url.url' is an address, or 'data:' with a media type and base64.");
        }
    }

    /// <summary>The call of <c>{"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{\"x\": 1}"}}</c>.</summary>
    private static FunctionCallContent CallOf(JsonElement call)
    {
        if (call.FieldOf("function") is not { } function)
            throw CompletionJson.Refuse("'tool_calls' has a call that is none of a function.");
        try
        {
            var arguments = function.TextOf("arguments") is { Length: > 0 } text ? JsonElement.Parse(text) : JsonElement.Parse("{}");
            return new FunctionCallContent(
                call.RequiredTextOf("id"), function.RequiredTextOf("name"),
                arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value, StringComparer.Ordinal));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw CompletionJson.Refuse("'arguments' of a tool call is a JSON object as text.");
        }
    }
}
