using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace RagApp.Models.Chat.Completions;

/// <summary>Writes the answer of a provider's client in OpenAI's format. Thoughts of a model have no place in it and are left out.</summary>
/// <param name="model">Name of the model at its provider.</param>
internal sealed class AnswerWriter(string model, TimeProvider time)
{
    private readonly string _id = $"chatcmpl-{Guid.NewGuid():N}";
    private readonly long _created = time.GetUtcNow().ToUnixTimeSeconds();
    private bool _hasBegun;
    private int _calls;

    public byte[] Whole(ChatResponse response)
    {
        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        var message = new JsonObject { ["role"] = "assistant", ["content"] = TextOf(contents), ["refusal"] = null };
        if (CallsOf(contents) is { Count: > 0 } calls)
            message["tool_calls"] = calls;
        return Bytes(Envelope("chat.completion", Choice("message", message, response.FinishReason), UsageOf(response.Usage)));
    }

    /// <summary>The chunks of one piece of a stream; none for a piece with nothing for the caller.</summary>
    public IEnumerable<byte[]> Chunks(ChatResponseUpdate update)
    {
        var text = TextOf(update.Contents);
        var calls = CallsOf(update.Contents);
        if (text is not null || calls.Count > 0)
        {
            var delta = new JsonObject();
            if (!_hasBegun)
                delta["role"] = "assistant";
            if (text is not null)
                delta["content"] = text;
            if (calls.Count > 0)
                delta["tool_calls"] = calls;
            _hasBegun = true;
            yield return Chunk(delta, finish: null);
        }
        if (update.FinishReason is { } finish)
            yield return Chunk([], finish);
    }

    /// <summary>The last chunk of a stream, with the usage of the whole.</summary>
    public byte[] Usage(UsageDetails usage) => Bytes(Envelope("chat.completion.chunk", choice: null, UsageOf(usage)));

    private byte[] Chunk(JsonObject delta, ChatFinishReason? finish) => Bytes(Envelope("chat.completion.chunk", Choice("delta", delta, finish), usage: null));

    private JsonObject Envelope(string kind, JsonObject? choice, JsonObject? usage)
    {
        var answer = new JsonObject
        {
            ["id"] = _id,
            ["object"] = kind,
            ["created"] = _created,
            ["model"] = model,
            ["choices"] = choice is null ? [] : new JsonArray(choice),
        };
        if (usage is not null)
            answer["usage"] = usage;
        return answer;
    }

    private static JsonObject Choice(string part, JsonObject value, ChatFinishReason? finish) => new()
    {
        ["index"] = 0, [part] = value, ["logprobs"] = null, ["finish_reason"] = finish?.Value,
    };

    private static string? TextOf(IEnumerable<AIContent> contents) =>
        string.Concat(contents.OfType<TextContent>().Select(content => content.Text)) is { Length: > 0 } text ? text : null;

    private JsonArray CallsOf(IEnumerable<AIContent> contents) =>
    [
        .. contents.OfType<FunctionCallContent>().Select(call => new JsonObject
        {
            ["index"] = _calls++,
            ["id"] = call.CallId,
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal)) },
        }),
    ];

    private static JsonObject? UsageOf(UsageDetails? usage) => usage is null ? null : new JsonObject
    {
        ["prompt_tokens"] = usage.InputTokenCount ?? 0,
        ["completion_tokens"] = usage.OutputTokenCount ?? 0,
        ["total_tokens"] = usage.TotalTokenCount ?? ((usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0)),
    };

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);
}
