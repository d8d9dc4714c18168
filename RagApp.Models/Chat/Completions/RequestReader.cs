using System.Text.Json;
using Microsoft.Extensions.AI;
using RagApp.Contracts.Http;

namespace RagApp.Models.Chat.Completions;

/// <summary>
/// Reads a request in OpenAI's format for a provider that has another one. What has no equal there is refused and never dropped, except where it does
/// not change what an answer says.
/// </summary>
internal static class RequestReader
{
    /// <summary>Fields that are read here or by the gateway.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "stop", "tools", "tool_choice", "parallel_tool_calls",
        "response_format",
    };

    /// <summary>Fields that label a request, price it or ask for the same answer again if possible.</summary>
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.Ordinal)
    {
        "user", "metadata", "store", "service_tier", "seed", "prompt_cache_key", "prompt_cache_retention", "safety_identifier",
    };

    /// <summary>Fields whose usual value is 1.</summary>
    private static readonly HashSet<string> UsuallyOne = new(StringComparer.Ordinal) { "n", "temperature", "top_p" };

    /// <exception cref="ProblemException">400: the request is wrong, or has what the provider's API has no equal for.</exception>
    public static TranslatedRequest Read(JsonElement request)
    {
        foreach (var field in request.EnumerateObject().Where(field => !Known.Contains(field.Name) && !WithoutEffect.Contains(field.Name)))
        {
            if (!IsUsual(field))
                throw CompletionJson.Unknown($"'{field.Name}'");
        }
        var options = new ChatOptions
        {
            MaxOutputTokens = NumberOf(request, "max_completion_tokens") ?? NumberOf(request, "max_tokens"),
            StopSequences = StopsOf(request),
            Tools = [.. request.ItemsOf("tools").Select(ToolOf)],
            ToolMode = request.FieldOf("tool_choice") is { } choice ? ToolModeOf(choice) : null,
            AllowMultipleToolCalls = request.FieldOf("parallel_tool_calls")?.ValueKind switch
            {
                null => null,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw CompletionJson.Refuse("'parallel_tool_calls' is true or false."),
            },
            ResponseFormat = request.FieldOf("response_format") is { } format ? FormatOf(format) : null,
        };
        return new TranslatedRequest(MessageReader.Read(request.ItemsOf("messages")), options);
    }

    /// <summary>True for a value that asks for nothing special, which clients send for fields that were not set.</summary>
    private static bool IsUsual(JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Number => field.Value.TryGetDouble(out var number) && number == (UsuallyOne.Contains(field.Name) ? 1 : 0),
        JsonValueKind.Object => !field.Value.EnumerateObject().Any(),
        JsonValueKind.Array => field.Value.GetArrayLength() == 0,
        _ => false,
    };

    private static int? NumberOf(JsonElement request, string name) => request.FieldOf(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number > 0 => number,
        _ => throw CompletionJson.Refuse($"'{name}' is a number of tokens, 1 or more."),
    };

    /// <summary>The stop sequences of <c>"stop": "END"</c> or <c>"stop": ["END", "###"]</c>.</summary>
    private static List<string>? StopsOf(JsonElement request) => request.FieldOf("stop") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(stop => stop.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(stop => stop.GetString()!)],
        _ => throw CompletionJson.Refuse("'stop' is a text or a list of texts."),
    };

    /// <summary>The tool of <c>{"type": "function", "function": {"name": "find", "description": "...", "parameters": {...}}}</c>.</summary>
    private static AITool ToolOf(JsonElement tool)
    {
        if (tool.TextOf("type") is not "function" || tool.FieldOf("function") is not { } function)
            throw CompletionJson.Refuse("'tools' has a tool that is no function: this model takes functions only.");
        var parameters = function.FieldOf("parameters") ?? JsonElement.Parse("""{"type":"object","properties":{}}""");
        if (parameters.ValueKind != JsonValueKind.Object)
            throw CompletionJson.Refuse("'parameters' of a function is a JSON schema.");
        return AIFunctionFactory.CreateDeclaration(function.RequiredTextOf("name"), function.TextOf("description"), parameters);
    }

    /// <summary>The mode of <c>"auto"</c>, <c>"none"</c>, <c>"required"</c> or <c>{"type": "function", "function": {"name": "find"}}</c>.</summary>
    private static ChatToolMode ToolModeOf(JsonElement choice)
    {
        if (choice.ValueKind == JsonValueKind.Object && choice.TextOf("type") == "function" && choice.FieldOf("function") is { } function)
            return ChatToolMode.RequireSpecific(function.RequiredTextOf("name"));
        return (choice.ValueKind == JsonValueKind.String ? choice.GetString() : null) switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            _ => throw CompletionJson.Refuse("'tool_choice' is 'auto', 'none', 'required', or one function by its name."),
        };
    }

    /// <summary>The format of <c>{"type": "text"}</c> or <c>{"type": "json_schema", "json_schema": {"name": "city", "schema": {...}}}</c>.</summary>
    private static ChatResponseFormatJson? FormatOf(JsonElement format)
    {
        switch (format.TextOf("type"))
        {
            case "text":
                return null;
            case "json_schema" when format.FieldOf("json_schema") is { } wanted && wanted.FieldOf("schema") is { ValueKind: JsonValueKind.Object } schema:
                return ChatResponseFormat.ForJsonSchema(schema, wanted.TextOf("name"), wanted.TextOf("description"));
            case "json_object":
                throw CompletionJson.Refuse("This model writes JSON by a schema only: use 'response_format' with the type 'json_schema'.");
            default:
                throw CompletionJson.Refuse("'response_format' has the type 'text' or 'json_schema'; the latter needs 'json_schema.schema'.");
        }
    }
}
