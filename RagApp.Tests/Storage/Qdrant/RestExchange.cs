using System.Text.Json.Nodes;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>A REST request and its response, recorded on a real 1.18.2 server.</summary>
internal sealed record RestExchange(string Title, string Method, string Path, JsonNode? Request, int Status, string? ContentType, JsonNode? Response)
{
    private static readonly IReadOnlyList<RestExchange> All = [.. Load()];

    public static RestExchange Named(string title) => All.Single(exchange => exchange.Title == title);

    private static IEnumerable<RestExchange> Load()
    {
        using var lines = new StreamReader(typeof(RestExchange).Assembly.GetManifestResourceStream("qdrant-rest-exchanges.jsonl")!);
        while (lines.ReadLine() is { } line)
        {
            var json = JsonNode.Parse(line)!;
            yield return new RestExchange(
                (string)json["title"]!, (string)json["method"]!, (string)json["path"]!, json["request"], (int)json["status"]!, (string?)json["content_type"], json["response"]);
        }
    }
}
