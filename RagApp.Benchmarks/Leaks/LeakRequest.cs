using System.Text.Json.Nodes;

namespace RagApp.Benchmarks.Leaks;

/// <summary>One request of a person.</summary>
/// <param name="Surface">Name of what the request looks at; the report has one line for each.</param>
/// <param name="Body">JSON body; null for none.</param>
internal sealed record LeakRequest(string Surface, HttpMethod Method, string Path, JsonNode? Body = null)
{
    /// <summary>True for the gateway whose answers a chat model writes.</summary>
    public bool IsToModel { get; init; }

    /// <summary>The document that the request asks for; null when it asks for none in particular.</summary>
    public MadeDocument? AimedAt { get; init; }

    /// <summary>True when no other document than <see cref="AimedAt"/> can be in the reply.</summary>
    public bool IsOfOneDocument { get; init; }

    /// <summary>Words that the reply must have.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    public bool IsOriginal => Path.EndsWith("/original", StringComparison.Ordinal);

    /// <summary>All that the request says itself, which a reply may repeat.</summary>
    public string Said => $"{Uri.UnescapeDataString(Path)} {Body?.ToJsonString()}";
}

/// <param name="Text">Headers and body; the pieces of a stream's text once more in one piece.</param>
internal sealed record LeakReply(int Status, string Text);
