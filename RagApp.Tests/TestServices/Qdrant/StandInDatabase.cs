using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>The stand-in's collections and aliases, and what each request does to them.</summary>
internal sealed class StandInDatabase
{
    private readonly SortedDictionary<string, StandInCollection> _collections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly StandInSnapshots _snapshots = new();

    /// <summary>JSON, or bytes or text where the server doesn't answer with JSON.</summary>
    public async Task<object?> AnswerAsync(HttpRequest request, Lock one)
    {
        var upload = request.HasFormContentType ? await ReadFileAsync(request) : null;
        var body = upload is null ? await ReadAsync(request) : null;
        var path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        lock (one)
        {
            var result = Answer(request, path, body, upload);
            if (result is JsonObject update && (string?)update["status"] == "completed" && request.Query["wait"] != "true")
                update["status"] = "acknowledged";
            return result is JsonNode or null ? new JsonObject { ["result"] = (JsonNode?)result, ["status"] = "ok", ["time"] = 0.0 } : result;
        }
    }

    private object? Answer(HttpRequest request, string[] path, JsonNode? body, byte[]? upload) => (request.Method, path) switch
    {
        ("GET", []) => """{"title": "qdrant - vector search engine", "version": "1.18.2"}""",
        ("GET", ["healthz" or "livez"]) => "healthz check passed",
        ("GET", ["readyz"]) => "all shards are ready",
        ("GET", ["metrics"]) => "",
        ("GET", ["cluster"]) => new JsonObject { ["status"] = "disabled" },
        ("GET", ["collections"]) => new JsonObject { ["collections"] = new JsonArray([.. _collections.Keys.Select(name => new JsonObject { ["name"] = name })]) },
        ("GET", ["aliases"]) => new JsonObject { ["aliases"] = new JsonArray([.. _aliases.Select(alias => new JsonObject { ["alias_name"] = alias.Key, ["collection_name"] = alias.Value })]) },
        ("POST", ["collections", "aliases"]) => ChangeAliases(body!),
        ("PUT", ["collections", var name]) => Create(name, body!),
        ("DELETE", ["collections", var name]) => Delete(name),
        ("GET", ["collections", var name, "exists"]) => new JsonObject { ["exists"] = _collections.ContainsKey(Resolve(name)) },
        (_, ["collections", var name, "snapshots", .. var rest]) => Snapshots(request, name, rest, body, upload),
        (_, ["collections", var name, .. var rest]) => OnCollection(request.Method, Find(name), rest, body!),
        _ => throw new QdrantRefusal(501, "the stand-in does not know this"),
    };

    private static JsonNode? OnCollection(string method, StandInCollection collection, string[] path, JsonNode body) => (method, path) switch
    {
        ("GET", []) => collection.Info(),
        ("GET", ["cluster"]) => new JsonObject
        {
            ["peer_id"] = 1, ["shard_count"] = 1, ["remote_shards"] = new JsonArray(), ["shard_transfers"] = new JsonArray(),
            ["local_shards"] = new JsonArray(new JsonObject { ["shard_id"] = 0, ["state"] = "Active" }),
        },
        ("PUT", ["index"]) => collection.CreateIndex(body),
        ("PUT", ["points"]) => collection.Upsert(body),
        ("POST", ["points", "payload"]) => collection.SetPayload(body),
        ("POST", ["points", "delete"]) => collection.Delete(body),
        ("POST", ["points", "batch"]) => collection.Batch(body),
        ("POST", ["points", "query"]) => collection.Query(body),
        ("POST", ["points", "query", "batch"]) => collection.QueryBatch(body),
        ("POST", ["points", "count"]) => collection.Count(body),
        ("POST", ["points", "scroll"]) => collection.Scroll(body),
        ("POST", ["facet"]) => collection.Facet(body),
        _ => throw new QdrantRefusal(501, "the stand-in does not know this"),
    };

    private object? Snapshots(HttpRequest request, string name, string[] path, JsonNode? body, byte[]? upload) => (request.Method, path) switch
    {
        ("GET", []) => _snapshots.List(Resolve(name)),
        ("POST", []) => _snapshots.Create(Resolve(name), Find(name)),
        ("POST", ["upload"]) => Recover(name, upload!, request.Query["checksum"]),
        ("PUT", ["recover"]) => Recover(name, _snapshots.Locate((string)body!["location"]!), (string?)body["checksum"]),
        ("GET", [var snapshot]) => _snapshots.Get(Resolve(name), snapshot),
        ("DELETE", [var snapshot]) => JsonValue.Create(_snapshots.Delete(Resolve(name), snapshot)),
        _ => throw new QdrantRefusal(501, "the stand-in does not know this"),
    };

    private JsonValue Recover(string name, byte[] snapshot, string? checksum)
    {
        _collections[Resolve(name)] = StandInSnapshots.Open(snapshot, checksum);
        return JsonValue.Create(true);
    }

    private JsonValue Create(string name, JsonNode settings)
    {
        if (_collections.ContainsKey(name))
            throw new QdrantRefusal(409, $"Wrong input: Collection `{name}` already exists!");
        _collections[name] = new StandInCollection(settings.DeepClone().AsObject());
        return JsonValue.Create(true);
    }

    private JsonValue Delete(string name)
    {
        foreach (var alias in _aliases.Where(alias => alias.Value == name).ToList())
            _aliases.Remove(alias.Key);
        return JsonValue.Create(_collections.Remove(name));
    }

    private JsonValue ChangeAliases(JsonNode request)
    {
        var actions = request["actions"]!.AsArray();
        foreach (var create in actions.Select(action => action!["create_alias"]).OfType<JsonObject>())
            Find((string)create["collection_name"]!); // all are checked before any is done
        foreach (var action in actions)
        {
            if (action!["delete_alias"] is { } delete)
                _aliases.Remove((string)delete["alias_name"]!);
            else if (action["create_alias"] is { } create)
                _aliases[(string)create["alias_name"]!] = (string)create["collection_name"]!;
        }
        return JsonValue.Create(true);
    }

    private StandInCollection Find(string name) => _collections.GetValueOrDefault(Resolve(name)) ?? throw QdrantRefusal.NoCollection(name);

    private string Resolve(string name) => _aliases.GetValueOrDefault(name, name);

    private static async Task<JsonNode?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is null or 0)
            return null;
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            throw QdrantRefusal.Format("EOF while parsing a list at line 1 column 12");
        }
    }

    private static async Task<byte[]> ReadFileAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        using var bytes = new MemoryStream();
        await form.Files["snapshot"]!.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return bytes.ToArray();
    }
}
