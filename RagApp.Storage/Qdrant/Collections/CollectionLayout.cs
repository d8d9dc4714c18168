using Qdrant.Client.Grpc;
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
    /// A node asks itself and one other copy for a quorum, and waits when that one is cut off. With these it asks the third
    /// one as well, after a moment.
    /// </summary>
    public static CollectionParamsDiff Reading { get; } = new() { ReadFanOutFactor = 1, ReadFanOutDelayMs = 100 };

    public static PayloadIndexParams? ParamsOf(string field) =>
        field == QdrantFields.Tenant ? new PayloadIndexParams { KeywordIndexParams = new KeywordIndexParams { IsTenant = true } } : null;

    /// <summary>
    /// The settings for a cluster of that many nodes. With three, a write is confirmed by two copies and read from
    /// two, so that one of them knows it; with two, copies keep the data but a cut-off node may answer with old ones.
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

    /// <summary>The same for records that are found by their tenant; the server wants to know of a vector all the same.</summary>
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

    /// <summary>Says which parts are on disk and which in memory, by the names of servers before 1.19, which later ones know too.</summary>
    private static void SetMemory(CreateCollection settings)
    {
#pragma warning disable CS0612 // obsolete for the sake of words that a server of 1.18 ignores
        settings.VectorsConfig.ParamsMap.Map[QdrantFields.Dense].OnDisk = true;
        settings.SparseVectorsConfig.Map[QdrantFields.Keywords].Index.OnDisk = false;
        settings.QuantizationConfig.Scalar.AlwaysRam = true;
        settings.OnDiskPayload = true;
#pragma warning restore CS0612
    }
}
