using System.Globalization;
using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>
/// Compares a collection's settings with the expected ones. A server ignores settings that it does not know, and an
/// administrator may change them: the settings that permissions depend on are compared, and most of those that recall depends
/// on (not <c>ef_construct</c> and the quantile).
/// </summary>
internal static class CollectionComparison
{
    /// <summary>Each difference as "field is X, expected Y". The number of shards is not compared: the administrator chooses it.</summary>
    public static IEnumerable<string> Differences(CreateCollection expected, CollectionInfo found) =>
        Facts(expected, found)
            .Where(fact => !string.Equals(fact.Expected, fact.Found, StringComparison.Ordinal))
            .Select(fact => $"{fact.Field} is {fact.Found}, expected {fact.Expected}");

    private static IEnumerable<(string Field, string Expected, string Found)> Facts(CreateCollection expected, CollectionInfo found) =>
    [
        .. Vectors(expected, found.Config.Params),
        .. Memory(found.Config),
        .. Copies(expected, found.Config),
        .. Strictness(expected.StrictModeConfig, found.Config.StrictModeConfig ?? new()),
        .. Indexes(found),
    ];

    private static IEnumerable<(string, string, string)> Vectors(CreateCollection expected, CollectionParams found)
    {
        var dense = expected.VectorsConfig.ParamsMap.Map[QdrantFields.Dense];
        var foundDense = DenseOf(found);
        yield return ("vectors.dense.size", Text(dense.Size), Text(foundDense?.Size));
        yield return ("vectors.dense.distance", Text(dense.Distance), Text(foundDense?.Distance));
        var foundSparse = found.SparseVectorsConfig?.Map.GetValueOrDefault(QdrantFields.Keywords);
        yield return ("sparse_vectors.bm25", "there", foundSparse is null ? "missing" : "there");
        yield return ("sparse_vectors.bm25.modifier", "none", Word(foundSparse?.Modifier ?? Modifier.None));
    }

    /// <summary>Compares which parts are on disk and which in memory; servers from 1.19 on have other names for these settings.</summary>
    private static IEnumerable<(string, string, string)> Memory(CollectionConfig found)
    {
        var (dense, scalar) = (DenseOf(found.Params), found.QuantizationConfig?.Scalar);
#pragma warning disable CS0612 // obsolete names, which a server of version 1.18 still uses
        yield return ("vectors.dense.on_disk", Text(true), Text(dense is { OnDisk: true } or { Memory: global::Qdrant.Client.Grpc.Memory.Cold }));
        yield return ("on_disk_payload", Text(true), Text(found.Params.OnDiskPayload || found.Params.Payload is { Memory: global::Qdrant.Client.Grpc.Memory.Cold }));
        yield return ("quantization_config.scalar.always_ram", Text(true), Text(scalar is { AlwaysRam: true } or { Memory: global::Qdrant.Client.Grpc.Memory.Pinned }));
#pragma warning restore CS0612
    }

    private static IEnumerable<(string, string, string)> Copies(CreateCollection expected, CollectionConfig found)
    {
        yield return ("replication_factor", Text(expected.ReplicationFactor), Text(found.Params.HasReplicationFactor ? found.Params.ReplicationFactor : 1));
        yield return ("write_consistency_factor", Text(expected.WriteConsistencyFactor), Text(found.Params.HasWriteConsistencyFactor ? found.Params.WriteConsistencyFactor : 1));
        yield return ("hnsw_config.m", Text(expected.HnswConfig.M), Text(found.HnswConfig?.M));
        yield return ("quantization_config.scalar.type", Word(expected.QuantizationConfig.Scalar.Type), Word(found.QuantizationConfig?.Scalar?.Type));
        yield return ("metadata.model", expected.Metadata["model"].StringValue, found.Metadata.GetValueOrDefault("model")?.StringValue ?? "missing");
        yield return ("metadata.dimension", Text(expected.Metadata["dimension"].IntegerValue), Text(found.Metadata.GetValueOrDefault("dimension")?.IntegerValue));
    }

    private static IEnumerable<(string, string, string)> Strictness(StrictModeConfig expected, StrictModeConfig found)
    {
        yield return ("strict_mode_config.enabled", Text(expected.Enabled), Text(found.Enabled));
        yield return ("strict_mode_config.unindexed_filtering_retrieve", Text(expected.UnindexedFilteringRetrieve), Text(found.HasUnindexedFilteringRetrieve ? found.UnindexedFilteringRetrieve : null));
        yield return ("strict_mode_config.unindexed_filtering_update", Text(expected.UnindexedFilteringUpdate), Text(found.HasUnindexedFilteringUpdate ? found.UnindexedFilteringUpdate : null));
        yield return ("strict_mode_config.max_query_limit", Text(expected.MaxQueryLimit), Text(found.HasMaxQueryLimit ? found.MaxQueryLimit : null));
        yield return ("strict_mode_config.upsert_max_batchsize", Text(expected.UpsertMaxBatchsize), Text(found.HasUpsertMaxBatchsize ? found.UpsertMaxBatchsize : null));
        yield return ("strict_mode_config.search_max_batchsize", Text(expected.SearchMaxBatchsize), Text(found.HasSearchMaxBatchsize ? found.SearchMaxBatchsize : null));
        yield return ("strict_mode_config.filter_max_conditions", Text(expected.FilterMaxConditions), Text(found.HasFilterMaxConditions ? found.FilterMaxConditions : null));
        yield return ("strict_mode_config.condition_max_size", Text(expected.ConditionMaxSize), Text(found.HasConditionMaxSize ? found.ConditionMaxSize : null));
    }

    private static IEnumerable<(string, string, string)> Indexes(CollectionInfo found)
    {
        foreach (var (field, type) in CollectionLayout.Indexes)
        {
            var index = found.PayloadSchema.GetValueOrDefault(field);
            yield return ($"payload_schema.{field}", Word(type), Word(index?.DataType));
            if (CollectionLayout.ParamsOf(field) is { KeywordIndexParams.IsTenant: true })
                yield return ($"payload_schema.{field}.is_tenant", Text(true), Text(index?.Params?.KeywordIndexParams?.IsTenant ?? false));
        }
    }

    private static VectorParams? DenseOf(CollectionParams found) => found.VectorsConfig?.ParamsMap?.Map.GetValueOrDefault(QdrantFields.Dense);

    /// <summary>Name of an enumeration's value, as in the server's documentation.</summary>
    private static string Word(Enum? value) => value is null ? "missing" : value.ToString().ToLowerInvariant();

    private static string Text(object? value) => value switch
    {
        null => "missing",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
