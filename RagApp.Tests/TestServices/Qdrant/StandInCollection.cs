using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>A collection in memory: everything is compared exactly.</summary>
internal sealed class StandInCollection
{
    private readonly SortedDictionary<string, StandInPoint> _points = new(StringComparer.Ordinal);
    private readonly JsonObject _settings;
    private readonly JsonObject _indexes;
    private int _operations;

    public StandInCollection(JsonObject settings, JsonObject? indexes = null)
    {
        (_settings, _indexes) = (settings, indexes ?? []);
        if (Vectors is null || Vectors.Any(vector => ((int?)vector.Value?["size"] ?? 0) < 1))
            throw QdrantRefusal.Format("data did not match any variant of untagged enum VectorsConfig");
    }

    private JsonObject? Vectors => _settings["vectors"] switch
    {
        JsonObject named when named["size"] is null => named,
        JsonObject single => new JsonObject { [""] = single.DeepClone() },
        _ => null,
    };

    private JsonObject SparseVectors => _settings["sparse_vectors"] as JsonObject ?? [];

    private StandInStrictMode Strict => new(_settings["strict_mode_config"], _indexes);

    /// <summary>Settings as they were given, over the server's defaults where anything reads those.</summary>
    public JsonObject Info() => new()
    {
        ["status"] = "green",
        ["optimizer_status"] = "ok",
        ["points_count"] = _points.Count,
        ["config"] = new JsonObject
        {
            ["params"] = Picked("vectors", "shard_number", "replication_factor", "write_consistency_factor", "on_disk_payload", "sparse_vectors"),
            ["hnsw_config"] = Hnsw(),
            ["quantization_config"] = _settings["quantization_config"]?.DeepClone(),
            ["strict_mode_config"] = _settings["strict_mode_config"]?.DeepClone(),
            ["metadata"] = _settings["metadata"]?.DeepClone(),
        },
        ["payload_schema"] = _indexes.DeepClone(),
    };

    public JsonObject CreateIndex(JsonNode request)
    {
        var schema = request["field_schema"]!;
        var type = schema is JsonValue ? (string)schema! : (string)schema["type"]!;
        _indexes[(string)request["field_name"]!] = new JsonObject { ["data_type"] = type, ["params"] = schema is JsonObject ? schema.DeepClone() : null, ["points"] = _points.Count };
        return Done();
    }

    public JsonObject Upsert(JsonNode request)
    {
        var points = request["points"] as JsonArray ?? throw QdrantRefusal.Format("data did not match any variant of untagged enum PointInsertOperations");
        Strict.CheckUpsert(points.Count);
        var parsed = points.Select((point, position) => ParsePoint(point!, position)).ToList(); // all are checked before any is written
        foreach (var point in parsed)
            _points[point.Key] = point;
        return Done();
    }

    public JsonObject SetPayload(JsonNode request)
    {
        foreach (var point in Selected(request).ToList())
        {
            foreach (var (field, value) in request["payload"]!.AsObject())
                point.Payload[field] = value?.DeepClone();
        }
        return Done();
    }

    public JsonObject Delete(JsonNode request)
    {
        foreach (var point in Selected(request).ToList())
            _points.Remove(point.Key);
        return Done();
    }

    public JsonArray Batch(JsonNode request) => new([.. request["operations"]!.AsArray().Select(operation => operation!.AsObject().Single() switch
    {
        { Key: "upsert" } upsert => Upsert(upsert.Value!),
        { Key: "set_payload" } payload => SetPayload(payload.Value!),
        { Key: "delete" } delete => Delete(delete.Value!),
        var other => throw QdrantRefusal.Format($"unknown operation {other.Key}"),
    })]);

    public JsonObject Query(JsonNode request)
    {
        var limit = (int?)request["limit"] ?? 10;
        Strict.CheckLimit(limit, "limit");
        Strict.CheckFilter(request["filter"], isUpdate: false);
        var (name, query) = ((string?)request["using"] ?? "", QueryVector.Parse(request["query"]));
        CheckVector(name, query);
        var threshold = (float?)request["score_threshold"] ?? float.NegativeInfinity;
        var found = _points.Values
            .Where(point => StandInFilter.Holds(request["filter"], point))
            .Select(point => (Point: point, Score: point.Score(name, query)))
            .Where(found => found.Score >= threshold)
            .OrderByDescending(found => found.Score)
            .Skip((int?)request["offset"] ?? 0)
            .Take(limit);
        return new JsonObject { ["points"] = new JsonArray([.. found.Select(hit => ToHit(hit.Point, hit.Score!.Value, request))]) };
    }

    public JsonArray QueryBatch(JsonNode request)
    {
        var searches = request["searches"]!.AsArray();
        Strict.CheckSearches(searches.Count);
        return new([.. searches.Select(search => Query(search!))]);
    }

    public JsonObject Count(JsonNode request)
    {
        Strict.CheckFilter(request["filter"], isUpdate: false);
        return new() { ["count"] = _points.Values.Count(point => StandInFilter.Holds(request["filter"], point)) };
    }

    public JsonObject Scroll(JsonNode request)
    {
        var limit = (int?)request["limit"] ?? 10;
        Strict.CheckLimit(limit, "limit");
        Strict.CheckFilter(request["filter"], isUpdate: false);
        var from = request["offset"] is { } offset ? StandInPoint.KeyOf(offset) : "";
        var page = _points.Where(point => string.CompareOrdinal(point.Key, from) >= 0 && StandInFilter.Holds(request["filter"], point.Value))
            .Select(point => point.Value).Take(limit + 1).ToList();
        return new JsonObject
        {
            ["points"] = new JsonArray([.. page.Take(limit).Select(point => point.ToJson(request["with_payload"] ?? true, request["with_vector"]))]),
            ["next_page_offset"] = page.Count > limit ? page[^1].Id.DeepClone() : null,
        };
    }

    public JsonObject Facet(JsonNode request)
    {
        var key = (string)request["key"]!;
        if ((string?)_indexes[key]?["data_type"] is not "keyword")
            throw new QdrantRefusal(400, $"Bad request: Index required but not found for \"{key}\" of one of the following types: [keyword]. Help: Create an index for this key or use a different filter.");
        Strict.CheckFilter(request["filter"], isUpdate: false);
        var hits = _points.Values.Where(point => StandInFilter.Holds(request["filter"], point))
            .SelectMany(point => point.Payload[key] switch { JsonArray several => several.Select(value => (string)value!), null => [], var one => [(string)one!] })
            .CountBy(value => value)
            .OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal)
            .Take((int?)request["limit"] ?? 10);
        return new JsonObject { ["hits"] = new JsonArray([.. hits.Select(hit => new JsonObject { ["value"] = hit.Key, ["count"] = hit.Value })]) };
    }

    public byte[] Snapshot() => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(new JsonObject
    {
        ["settings"] = _settings.DeepClone(),
        ["indexes"] = _indexes.DeepClone(),
        ["points"] = new JsonArray([.. _points.Values.Select(point => new JsonObject
        {
            ["id"] = point.Id.DeepClone(), ["vector"] = point.VectorsToJson(_ => true), ["payload"] = point.Payload.DeepClone(),
        })]),
    });

    public static StandInCollection Restore(byte[] snapshot)
    {
        var json = JsonNode.Parse(snapshot)!;
        var collection = new StandInCollection(json["settings"]!.DeepClone().AsObject(), json["indexes"]!.DeepClone().AsObject());
        foreach (var point in json["points"]!.AsArray().Select((point, position) => collection.ParsePoint(point!, position)))
            collection._points[point.Key] = point;
        return collection;
    }

    private static JsonObject ToHit(StandInPoint point, float score, JsonNode request)
    {
        var hit = point.ToJson(request["with_payload"], request["with_vector"]);
        (hit["version"], hit["score"]) = (0, score);
        return hit;
    }

    private IEnumerable<StandInPoint> Selected(JsonNode request)
    {
        if (request["points"] is JsonArray ids)
            return ids.Select(StandInPoint.KeyOf).Where(_points.ContainsKey).Select(key => _points[key]);
        var filter = request["filter"] ?? throw QdrantRefusal.Format("data did not match any variant of untagged enum PointsSelector");
        Strict.CheckFilter(filter, isUpdate: true);
        return _points.Values.Where(point => StandInFilter.Holds(filter, point));
    }

    private StandInPoint ParsePoint(JsonNode point, int position)
    {
        StandInPoint.KeyOf(point["id"]);
        var dense = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var sparse = new Dictionary<string, SortedDictionary<uint, float>>(StringComparer.Ordinal);
        var vectors = point["vector"] switch { JsonObject named => named, JsonArray single => new JsonObject { [""] = single.DeepClone() }, _ => [] };
        foreach (var (name, vector) in vectors)
        {
            if (vector is JsonObject)
                sparse[name] = SparseVectors.ContainsKey(name) ? QueryVector.Terms(vector, $"points[{position}].vector.?") : throw NoVector(name);
            else
                dense[name] = QueryVector.Normalized(OfRightSize(name, QueryVector.Numbers(vector!), $" for vector '{name}'"));
        }
        return new StandInPoint(point["id"]!.DeepClone().AsValue(), dense, sparse, point["payload"]?.DeepClone().AsObject() ?? []);
    }

    private void CheckVector(string name, QueryVector query)
    {
        if (query.Dense is not null)
            OfRightSize(name, query.Dense, "");
        else if (!SparseVectors.ContainsKey(name))
            throw NoVector(name);
    }

    private float[] OfRightSize(string name, float[] numbers, string place) =>
        (int?)Vectors![name]?["size"] is not { } size ? throw NoVector(name)
        : numbers.Length == size ? numbers
        : throw QdrantRefusal.WrongInput(string.Create(CultureInfo.InvariantCulture, $"Vector dimension error: expected dim: {size}, got {numbers.Length}{place}"));

    private static QdrantRefusal NoVector(string name) => QdrantRefusal.WrongInput($"Not existing vector name error: {name}");

    private JsonObject Done() => new() { ["operation_id"] = ++_operations, ["status"] = "completed" };

    private JsonObject Picked(params string[] names) =>
        new(names.Where(name => _settings[name] is not null).Select(name => KeyValuePair.Create(name, _settings[name]?.DeepClone())));

    private JsonObject Hnsw()
    {
        var hnsw = new JsonObject { ["m"] = 16, ["ef_construct"] = 100, ["full_scan_threshold"] = 10_000 };
        foreach (var (name, value) in _settings["hnsw_config"] as JsonObject ?? [])
            hnsw[name] = value?.DeepClone();
        return hnsw;
    }
}
