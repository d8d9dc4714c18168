namespace RagApp.Storage.Qdrant;

/// <summary>What a snapshot's folder holds: <c>index.json</c>, written last.</summary>
internal sealed record SnapshotIndex(IReadOnlyList<SnapshotCollection> Collections)
{
    public const string FileName = "index.json";
}

/// <summary>A collection with the alias that it answers to.</summary>
/// <param name="Copies">How many nodes have each of its shards.</param>
internal sealed record SnapshotCollection(string Alias, int Copies, IReadOnlyList<SnapshotFile> Files);

/// <summary>What one node had of a collection.</summary>
/// <param name="Checksum">SHA-256, lower-case hex.</param>
internal sealed record SnapshotFile(string Name, Uri Node, string Checksum);
