using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>A point as the stand-in keeps it.</summary>
internal sealed class StandInPoint(JsonValue id, Dictionary<string, float[]> dense, Dictionary<string, SortedDictionary<uint, float>> sparse, JsonObject payload)
{
    public JsonValue Id { get; } = id;
    public Dictionary<string, float[]> Dense { get; } = dense;
    public Dictionary<string, SortedDictionary<uint, float>> Sparse { get; } = sparse;
    public JsonObject Payload { get; } = payload;

    /// <summary>Points come in the order of this: numbers, then UUIDs.</summary>
    public string Key { get; } = KeyOf(id);

    public static string KeyOf(JsonNode? id) =>
        id is JsonValue value && value.TryGetValue<ulong>(out var number) ? number.ToString("D20", System.Globalization.CultureInfo.InvariantCulture)
        : id is JsonValue text && text.TryGetValue<string>(out var uuid) && Guid.TryParse(uuid, out var guid) ? $"u{guid}"
        : throw QdrantRefusal.Format($"value {id} is not a valid point ID, valid values are either an unsigned integer or a UUID");

    /// <summary>Null when the point has no such vector, or nothing in common with it.</summary>
    public float? Score(string name, QueryVector query)
    {
        if (query.Dense is { } dense)
            return Dense.TryGetValue(name, out var own) ? TensorPrimitives.Dot<float>(own, dense) : null;
        if (!Sparse.TryGetValue(name, out var terms))
            return null;
        float? score = null;
        foreach (var (index, value) in query.Sparse!)
        {
            if (terms.TryGetValue(index, out var weight))
                score = (score ?? 0) + (weight * value);
        }
        return score;
    }

    public JsonObject ToJson(JsonNode? withPayload, JsonNode? withVector)
    {
        var json = new JsonObject { ["id"] = Id.DeepClone() };
        if (Selected(withPayload) is { } fields)
            json["payload"] = new JsonObject(Payload.Where(field => fields(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        if (Selected(withVector) is { } vectors)
            json["vector"] = VectorsToJson(vectors);
        return json;
    }

    public JsonObject VectorsToJson(Func<string, bool> selected)
    {
        var json = new JsonObject();
        foreach (var (name, numbers) in Dense.Where(vector => selected(vector.Key)))
            json[name] = new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]);
        foreach (var (name, terms) in Sparse.Where(vector => selected(vector.Key)))
        {
            json[name] = new JsonObject
            {
                ["indices"] = new JsonArray([.. terms.Keys.Select(index => JsonValue.Create(index))]),
                ["values"] = new JsonArray([.. terms.Values.Select(value => JsonValue.Create(value))]),
            };
        }
        return json;
    }

    private static Func<string, bool>? Selected(JsonNode? selection) => selection?.GetValueKind() switch
    {
        JsonValueKind.True => _ => true,
        JsonValueKind.Array => name => selection.AsArray().Any(named => (string?)named == name),
        _ => null,
    };
}
