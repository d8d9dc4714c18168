using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>Snapshots on one node's disk, by collection and name.</summary>
internal sealed class StandInSnapshots(ulong peer)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte[]>> _folders = new(StringComparer.Ordinal);
    private int _made;

    public CreateSnapshotResponse Add(string collection, byte[] bytes)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{collection}-{peer}-{Interlocked.Increment(ref _made):D6}.snapshot");
        Folder(collection)[name] = bytes;
        return new CreateSnapshotResponse { SnapshotDescription = Describe(name, bytes) };
    }

    public ListSnapshotsResponse List(string collection) =>
        new() { SnapshotDescriptions = { Folder(collection).Select(snapshot => Describe(snapshot.Key, snapshot.Value)) } };

    public byte[] Get(string collection, string name) =>
        Folder(collection).TryGetValue(name, out var bytes) ? bytes : throw QdrantRefusal.NotFound($"Snapshot {name} not found");

    /// <summary>Bytes of the snapshot at the location that a recovery request names.</summary>
    public byte[] Locate(string location) =>
        _folders.Values.SelectMany(folder => folder).FirstOrDefault(snapshot => location.EndsWith($"/{snapshot.Key}", StringComparison.Ordinal)).Value
        ?? throw QdrantRefusal.NotFound($"Snapshot file {location} does not exist");

    public DeleteSnapshotResponse Delete(string collection, string name)
    {
        if (!_folders.TryGetValue(collection, out var folder))
            throw QdrantRefusal.NotFound($"Snapshot directory: SNAPSHOTS/{collection} not found");
        return folder.TryRemove(name, out _) ? new DeleteSnapshotResponse() : throw QdrantRefusal.NotFound($"Snapshot {name} not found");
    }

    /// <summary>Refuses bytes that do not match the checksum.</summary>
    public static byte[] Checked(byte[] bytes, string? checksum) =>
        checksum is null || checksum == ChecksumOf(bytes)
            ? bytes
            : throw QdrantRefusal.WrongInput($"Snapshot checksum mismatch: expected {checksum}, got {ChecksumOf(bytes)}");

    private ConcurrentDictionary<string, byte[]> Folder(string collection) =>
        _folders.GetOrAdd(collection, _ => new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal));

    private static SnapshotDescription Describe(string name, byte[] bytes) => new()
    {
        Name = name,
        CreationTime = new Timestamp { Seconds = 1_796_000_000 },
        Size = bytes.Length,
        Checksum = ChecksumOf(bytes),
    };

    private static string ChecksumOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
