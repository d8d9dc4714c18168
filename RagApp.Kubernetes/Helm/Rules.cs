using System.Text.Json.Nodes;

namespace RagApp.Kubernetes.Helm;

/// <summary>Keywords of JSON Schema for values; each call makes new nodes, since a node has one parent.</summary>
public static class Rules
{
    /// <summary>A name of Kubernetes.</summary>
    public static JsonObject Name => new() { ["pattern"] = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", ["maxLength"] = 63 };

    /// <summary>A version that does not move.</summary>
    public static JsonObject NotLatest => new() { ["not"] = new JsonObject { ["const"] = "latest" } };

    public static JsonObject Image => new() { ["pattern"] = "[:@][^:@/]+$", ["not"] = new JsonObject { ["pattern"] = ":latest$" } };

    public static JsonObject Port => Between(1, 65_535);

    /// <summary>A quantity of Kubernetes, such as 500Gi.</summary>
    public static JsonObject Quantity => new() { ["pattern"] = "^[0-9.]+([EPTGMk]i?|m)?$" };

    public static JsonObject OneOf(params string[] choices) => new() { ["enum"] = new JsonArray([.. choices.Select(choice => JsonValue.Create(choice))]) };

    public static JsonObject AtLeast(int least) => new() { ["minimum"] = least };

    public static JsonObject Between(int least, int most) => new() { ["minimum"] = least, ["maximum"] = most };
}
