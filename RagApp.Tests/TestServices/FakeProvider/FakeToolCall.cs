using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>The tool call of a model that calls the first tool it is given, once.</summary>
internal static class FakeToolCall
{
    /// <summary>Name of the tool that is called for a request of OpenAI's or Anthropic's format; null when none is given, or its result is there.</summary>
    public static string? In(JsonNode request)
    {
        if (request["tools"] is not JsonArray { Count: > 0 } tools || request["messages"]!.AsArray().Any(IsResult))
            return null;
        return (tools[0]!["function"] ?? tools[0])!["name"]!.GetValue<string>();
    }

    public static JsonObject Of(string tool) => new()
    {
        ["index"] = 0,
        ["id"] = FakeModelProvider.ToolCallId,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = FakeModelProvider.ToolArguments },
    };

    private static bool IsResult(JsonNode? message) =>
        message!["role"]!.GetValue<string>() == "tool"
        || (message["content"] is JsonArray parts && parts.Any(part => part!["type"]?.GetValue<string>() == "tool_result"));
}
