using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>The stand-in's snapshots, by collection and name.</summary>
internal sealed class StandInSnapshots
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte[]>> _folders = new(StringComparer.Ordinal);
    private int _made;

    public JsonObject Create(string collection, StandInCollection content)
    {
        var (name, bytes) = ($"{collection}-1-{++_made:D6}.snapshot", content.Snapshot());
        Folder(collection)[name] = bytes;
        return Describe(name, bytes);
    }

    public JsonArray List(string collection) => new([.. Folder(collection).Select(snapshot => Describe(snapshot.Key, snapshot.Value))]);

    public byte[] Get(string collection, string name) =>
        Folder(collection).TryGetValue(name, out var bytes) ? bytes : throw new QdrantRefusal(404, $"Not found: Snapshot {name} not found");

    /// <summary>The bytes of a snapshot by the place that recovering names.</summary>
    public byte[] Locate(string location) =>
        _folders.Values.SelectMany(folder => folder).FirstOrDefault(snapshot => location.EndsWith($"/{snapshot.Key}", StringComparison.Ordinal)).Value
        ?? throw new QdrantRefusal(404, $"Not found: Snapshot file {location} does not exist");

    public bool Delete(string collection, string name)
    {
        if (!_folders.TryGetValue(collection, out var folder))
            throw new QdrantRefusal(404, $"Not found: Snapshot directory: SNAPSHOTS/{collection} not found");
        return folder.TryRemove(name, out _) ? true : throw new QdrantRefusal(404, $"Not found: Snapshot {name} not found");
    }

    public static StandInCollection Open(byte[] bytes, string? checksum)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return checksum is null || string.Equals(checksum, found, StringComparison.Ordinal)
            ? StandInCollection.Restore(bytes)
            : throw QdrantRefusal.WrongInput($"Snapshot checksum mismatch: expected {checksum}, got {found}");
    }

    private ConcurrentDictionary<string, byte[]> Folder(string collection) =>
        _folders.GetOrAdd(collection, _ => new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal));

    private static JsonObject Describe(string name, byte[] bytes) => new()
    {
        ["name"] = name,
        ["creation_time"] = "2026-11-22T20:45:51",
        ["size"] = bytes.Length,
        ["checksum"] = Convert.ToHexStringLower(SHA256.HashData(bytes)),
    };
}
