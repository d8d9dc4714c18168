using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>
/// How every collection is set up. Why each value is as it is: docs/decisions/0007. A filter under strict mode works
/// only on the fields named here.
/// </summary>
internal static class CollectionLayout
{
    /// <summary>Most points that one query or one page may ask for.</summary>
    public const int LargestLimit = 1_000;

    private const int MostShards = 12;

    /// <summary>The fields that can be filtered by, with their kind of index.</summary>
    public static IReadOnlyDictionary<string, QdrantIndexSettings> Indexes { get; } = new Dictionary<string, QdrantIndexSettings>(StringComparer.Ordinal)
    {
        [QdrantFields.Tenant] = new("keyword") { IsTenant = true },
        [QdrantFields.Access] = new("keyword"),
        [QdrantFields.Document] = new("keyword"),
        [QdrantFields.Version] = new("integer"),
        [QdrantFields.Live] = new("bool"),
        [QdrantFields.Generation] = new("keyword"),
        [QdrantFields.Source] = new("keyword"),
        [QdrantFields.Type] = new("keyword"),
        [QdrantFields.Date] = new("datetime"),
        [QdrantFields.Tags] = new("keyword"),
        [QdrantFields.Language] = new("keyword"),
    };

    /// <summary>
    /// The settings for a cluster of that many nodes. With three, a write is confirmed by two copies and read from
    /// two, so that one of them knows it; with two, copies keep the data but a cut-off node may answer with old ones.
    /// </summary>
    public static QdrantCollectionSettings For(string model, int dimension, int nodes) => new()
    {
        Vectors = new Dictionary<string, QdrantDenseSettings>(StringComparer.Ordinal)
        {
            [QdrantFields.Dense] = new(dimension, "Cosine") { OnDisk = true },
        },
        SparseVectors = new Dictionary<string, QdrantSparseSettings>(StringComparer.Ordinal)
        {
            [QdrantFields.Keywords] = new() { Index = new QdrantSparseIndexSettings { OnDisk = false } },
        },
        ShardNumber = Math.Min(nodes, MostShards),
        ReplicationFactor = Math.Min(nodes, 3),
        WriteConsistencyFactor = nodes >= 3 ? 2 : 1,
        OnDiskPayload = true,
        HnswConfig = new QdrantHnswSettings { M = 16, EfConstruct = 100 },
        QuantizationConfig = new QdrantQuantizationSettings { Scalar = new QdrantScalarQuantization("int8") { Quantile = 0.99, AlwaysRam = true } },
        StrictModeConfig = new QdrantStrictMode
        {
            Enabled = true,
            UnindexedFilteringRetrieve = false,
            UnindexedFilteringUpdate = false,
            MaxQueryLimit = LargestLimit,
            UpsertMaxBatchsize = UpsertBodies.MostPoints,
            SearchMaxBatchsize = 20,
            FilterMaxConditions = 100,
            ConditionMaxSize = QdrantCondition.LargestAny,
        },
        Metadata = new QdrantMetadata(model, dimension),
    };
}
