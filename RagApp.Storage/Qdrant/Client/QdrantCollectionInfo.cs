namespace RagApp.Storage.Qdrant.Client;

/// <summary>A collection as the server describes it.</summary>
/// <param name="Status"><c>green</c>; <c>yellow</c> while it optimizes; <c>grey</c> when optimizing waits; <c>red</c> when it failed.</param>
internal sealed record QdrantCollectionInfo(string Status, long? PointsCount, QdrantCollectionConfig Config)
{
    public IReadOnlyDictionary<string, QdrantIndexInfo> PayloadSchema { get; init; } = new Dictionary<string, QdrantIndexInfo>();
}

internal sealed record QdrantCollectionConfig(QdrantCollectionParams Params)
{
    public QdrantHnswSettings? HnswConfig { get; init; }
    public QdrantQuantizationSettings? QuantizationConfig { get; init; }
    public QdrantStrictMode? StrictModeConfig { get; init; }
    public QdrantMetadata? Metadata { get; init; }
}

internal sealed record QdrantCollectionParams
{
    public IReadOnlyDictionary<string, QdrantDenseSettings> Vectors { get; init; } = new Dictionary<string, QdrantDenseSettings>();
    public IReadOnlyDictionary<string, QdrantSparseSettings> SparseVectors { get; init; } = new Dictionary<string, QdrantSparseSettings>();
    public int? ShardNumber { get; init; }
    public int? ReplicationFactor { get; init; }
    public int? WriteConsistencyFactor { get; init; }
    public bool? OnDiskPayload { get; init; }
}

internal sealed record QdrantIndexInfo(string DataType, long Points)
{
    public QdrantIndexSettings? Params { get; init; }
}

internal sealed record QdrantExists(bool Exists);

internal sealed record QdrantCollectionNames(IReadOnlyList<QdrantCollectionName> Collections);

internal sealed record QdrantCollectionName(string Name);
