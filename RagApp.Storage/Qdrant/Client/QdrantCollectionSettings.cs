namespace RagApp.Storage.Qdrant.Client;

/// <summary>How a collection is made. The server ignores fields that it doesn't know, so what it made of it is read back.</summary>
internal sealed record QdrantCollectionSettings
{
    public required IReadOnlyDictionary<string, QdrantDenseSettings> Vectors { get; init; }
    public required IReadOnlyDictionary<string, QdrantSparseSettings> SparseVectors { get; init; }
    public int? ShardNumber { get; init; }
    public int? ReplicationFactor { get; init; }
    public int? WriteConsistencyFactor { get; init; }
    public bool? OnDiskPayload { get; init; }
    public QdrantHnswSettings? HnswConfig { get; init; }
    public QdrantQuantizationSettings? QuantizationConfig { get; init; }
    public QdrantStrictMode? StrictModeConfig { get; init; }
    public QdrantMetadata? Metadata { get; init; }
}

/// <param name="Size">Numbers per vector.</param>
/// <param name="Distance">Such as <c>Cosine</c>.</param>
internal sealed record QdrantDenseSettings(int Size, string Distance)
{
    public bool? OnDisk { get; init; }
}

internal sealed record QdrantSparseSettings
{
    public QdrantSparseIndexSettings? Index { get; init; }

    /// <summary>Null or <c>none</c>; <c>idf</c> would count every tenant's chunks.</summary>
    public string? Modifier { get; init; }
}

internal sealed record QdrantSparseIndexSettings
{
    public bool? OnDisk { get; init; }
}

internal sealed record QdrantHnswSettings
{
    public int? M { get; init; }
    public int? EfConstruct { get; init; }
    public int? PayloadM { get; init; }
}

internal sealed record QdrantQuantizationSettings
{
    public QdrantScalarQuantization? Scalar { get; init; }
}

internal sealed record QdrantScalarQuantization(string Type)
{
    public double? Quantile { get; init; }
    public bool? AlwaysRam { get; init; }
}

/// <summary>What the server refuses; see the server's documentation of strict mode.</summary>
internal sealed record QdrantStrictMode
{
    public bool? Enabled { get; init; }
    public bool? UnindexedFilteringRetrieve { get; init; }
    public bool? UnindexedFilteringUpdate { get; init; }
    public int? MaxQueryLimit { get; init; }
    public int? UpsertMaxBatchsize { get; init; }
    public int? SearchMaxBatchsize { get; init; }
    public int? FilterMaxConditions { get; init; }
    public int? ConditionMaxSize { get; init; }
}

/// <summary>What a collection is for.</summary>
/// <param name="Model">Id of the embedding model of its vectors.</param>
internal sealed record QdrantMetadata(string? Model, int? Dimension);

internal sealed record QdrantIndexRequest(string FieldName, QdrantIndexSettings FieldSchema);

/// <param name="Type">Such as <c>keyword</c>, <c>integer</c>, <c>bool</c>, <c>datetime</c>.</param>
internal sealed record QdrantIndexSettings(string Type)
{
    public bool? IsTenant { get; init; }
}
