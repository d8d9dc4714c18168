using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>
/// Settings of all collections; docs/decisions/0007 gives the reasons. Strict mode allows filters only on the fields that are
/// indexed here.
/// </summary>
internal static class CollectionLayout
{
    /// <summary>Largest number of points in one query or page.</summary>
    public const int LargestLimit = 1_000;

    private const int MostShards = 12;

    /// <summary>Indexed fields, which filters may use, with their types.</summary>
    public static IReadOnlyDictionary<string, PayloadSchemaType> Indexes { get; } = new Dictionary<string, PayloadSchemaType>(StringComparer.Ordinal)
    {
        [QdrantFields.Tenant] = PayloadSchemaType.Keyword,
        [QdrantFields.Access] = PayloadSchemaType.Keyword,
        [QdrantFields.Document] = PayloadSchemaType.Keyword,
        [QdrantFields.Version] = PayloadSchemaType.Integer,
        [QdrantFields.Live] = PayloadSchemaType.Bool,
        [QdrantFields.Generation] = PayloadSchemaType.Keyword,
        [QdrantFields.Source] = PayloadSchemaType.Keyword,
        [QdrantFields.Type] = PayloadSchemaType.Keyword,
        [QdrantFields.Date] = PayloadSchemaType.Datetime,
        [QdrantFields.Tags] = PayloadSchemaType.Keyword,
        [QdrantFields.Language] = PayloadSchemaType.Keyword,
    };

    /// <summary>
    /// Read fan-out, in which a read also asks the third replica after a short delay. Without it a node asks itself and one other
    /// replica for a quorum, and waits when that replica is cut off.
    /// </summary>
    public static CollectionParamsDiff Reading { get; } = new() { ReadFanOutFactor = 1, ReadFanOutDelayMs = 100 };

    public static PayloadIndexParams? ParamsOf(string field) =>
        field == QdrantFields.Tenant ? new PayloadIndexParams { KeywordIndexParams = new KeywordIndexParams { IsTenant = true } } : null;

    /// <summary>
    /// Settings for a cluster of this many nodes. With three, a write is confirmed by two replicas and a read asks two, so that
    /// one of them has the write. With two, replicas protect the data, but a node that is cut off may return old data.
    /// </summary>
    public static CreateCollection For(string model, int dimension, int nodes)
    {
        var settings = new CreateCollection
        {
            VectorsConfig = new VectorsConfig { ParamsMap = new VectorParamsMap { Map = { [QdrantFields.Dense] = new VectorParams { Size = (ulong)dimension, Distance = Distance.Cosine } } } },
            SparseVectorsConfig = new SparseVectorConfig { Map = { [QdrantFields.Keywords] = new SparseVectorParams { Index = new SparseIndexConfig() } } },
            HnswConfig = new HnswConfigDiff { M = 16, EfConstruct = 100 },
            QuantizationConfig = new QuantizationConfig { Scalar = new ScalarQuantization { Type = QuantizationType.Int8, Quantile = 0.99f } },
            StrictModeConfig = new StrictModeConfig
            {
                Enabled = true,
                UnindexedFilteringRetrieve = false,
                UnindexedFilteringUpdate = false,
                MaxQueryLimit = LargestLimit,
                UpsertMaxBatchsize = PointBatches.MostPoints,
                SearchMaxBatchsize = 20,
                FilterMaxConditions = 100,
                ConditionMaxSize = QdrantCondition.LargestAny,
            },
            Metadata = { ["model"] = model, ["dimension"] = dimension },
            ShardNumber = (uint)Math.Min(nodes, MostShards),
        };
        SetMemory(settings);
        SetCopies(settings, nodes);
        return settings;
    }

    /// <summary>
    /// Settings of a collection of records without vectors, found by tenant; the server requires a vector's definition all the
    /// same.
    /// </summary>
    public static CreateCollection ForRecords(int nodes)
    {
        var settings = new CreateCollection
        {
            SparseVectorsConfig = new SparseVectorConfig { Map = { [QdrantFields.Keywords] = new SparseVectorParams() } },
            ShardNumber = 1,
        };
        SetCopies(settings, nodes);
        return settings;
    }

    private static void SetCopies(CreateCollection settings, int nodes)
    {
        settings.ReplicationFactor = (uint)Math.Min(nodes, 3);
        settings.WriteConsistencyFactor = nodes >= 3 ? 2u : 1u;
    }

    /// <summary>Sets which parts are on disk and which in memory, by the names of servers before 1.19, which later servers know too.</summary>
    private static void SetMemory(CreateCollection settings)
    {
#pragma warning disable CS0612 // obsolete names: a server of version 1.18 ignores the new ones
        settings.VectorsConfig.ParamsMap.Map[QdrantFields.Dense].OnDisk = true;
        settings.SparseVectorsConfig.Map[QdrantFields.Keywords].Index.OnDisk = false;
        settings.QuantizationConfig.Scalar.AlwaysRam = true;
        settings.OnDiskPayload = true;
#pragma warning restore CS0612
    }
}
