using System.Globalization;
using System.Text.Json.Nodes;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>
/// A request and its answer as recorded on a real 1.18.2 server. Long lists are cut short: their last item then says
/// <c>... 384 numbers</c> or <c>... 1001 in all</c>.
/// </summary>
internal sealed record Exchange(string Title, string Method, string Path, JsonNode? Request, int Status, string? ContentType, JsonNode? Response)
{
    public static IReadOnlyList<Exchange> All { get; } = [.. Load()];

    public static Exchange Named(string title) => All.Single(exchange => exchange.Title == title);

    /// <summary>Whether JSON that was sent is what was recorded, up to where the record is cut short.</summary>
    public static bool Matches(JsonNode? recorded, JsonNode? sent) => (recorded, sent) switch
    {
        (null, null) => true,
        (JsonObject expected, JsonObject found) => expected.Count == found.Count
            && expected.All(field => found.ContainsKey(field.Key) && Matches(field.Value, found[field.Key])),
        (JsonArray expected, JsonArray found) => CutLength(expected) is { } length
            ? found.Count == length && expected.SkipLast(1).Zip(found).All(pair => Matches(pair.First, pair.Second))
            : expected.Count == found.Count && expected.Zip(found).All(pair => Matches(pair.First, pair.Second)),
        (JsonValue expected, JsonValue found) when IsNumber(expected) && IsNumber(found) => expected.GetValue<double>() is var number && Math.Abs(number - found.GetValue<double>()) < 1e-6,
        _ => JsonNode.DeepEquals(recorded, sent),
    };

    /// <summary>The recorded JSON at full length: cut vectors go on with zeros, other cut lists with numbered copies of their first item.</summary>
    public static JsonNode? Whole(JsonNode? json) => json switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Whole(field.Value)))),
        JsonArray items when CutLength(items) is { } length => new JsonArray(
            [.. items.SkipLast(1).Select(Whole), .. Enumerable.Range(items.Count - 1, length - items.Count + 1).Select(position => Filler(items[0]!, position))]),
        JsonArray items => new JsonArray([.. items.Select(Whole)]),
        _ => json?.DeepClone(),
    };

    private static IEnumerable<Exchange> Load()
    {
        using var lines = new StreamReader(typeof(Exchange).Assembly.GetManifestResourceStream("qdrant-exchanges.jsonl")!);
        while (lines.ReadLine() is { } line)
        {
            var json = JsonNode.Parse(line.Replace("[NaN,", "[\"NaN\",", StringComparison.Ordinal))!;
            yield return new Exchange(
                (string)json["title"]!, (string)json["method"]!, (string)json["path"]!, json["request"], (int)json["status"]!, (string?)json["content_type"], json["response"]);
        }
    }

    private static bool IsNumber(JsonValue value) => value.GetValueKind() is System.Text.Json.JsonValueKind.Number;

    private static int? CutLength(JsonArray items) =>
        items is [.., JsonValue last] && last.TryGetValue<string>(out var text) && text.StartsWith("... ", StringComparison.Ordinal)
            ? int.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture)
            : null;

    private static JsonNode Filler(JsonNode first, int position)
    {
        if (first is JsonValue)
            return IsNumber(first.AsValue()) || (string)first! == "NaN" ? 0 : $"{first}-{position}";
        var copy = Whole(first)!;
        copy["id"] = $"00000000-0000-4000-8000-{position + 1000:D12}";
        return copy;
    }
}
