using System.Globalization;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>
/// What a collection has against what it should have. The server ignores fields that it doesn't know and whoever
/// administers it may change others, so nothing is taken for granted that permissions or recall depend on.
/// </summary>
internal static class CollectionComparison
{
    /// <summary>Each difference as "field is X, expected Y"; the number of shards is the administrator's.</summary>
    public static IEnumerable<string> Differences(QdrantCollectionSettings expected, QdrantCollectionInfo found) =>
        Facts(expected, found)
            .Where(fact => !string.Equals(fact.Expected, fact.Found, StringComparison.Ordinal))
            .Select(fact => $"{fact.Field} is {fact.Found}, expected {fact.Expected}");

    private static IEnumerable<(string Field, string Expected, string Found)> Facts(QdrantCollectionSettings expected, QdrantCollectionInfo found) =>
    [
        .. Vectors(expected, found.Config.Params),
        .. Copies(expected, found.Config),
        .. Strictness(expected.StrictModeConfig!, found.Config.StrictModeConfig ?? new()),
        .. Indexes(found),
    ];

    private static IEnumerable<(string, string, string)> Vectors(QdrantCollectionSettings expected, QdrantCollectionParams found)
    {
        var dense = expected.Vectors[QdrantFields.Dense];
        var foundDense = found.Vectors.GetValueOrDefault(QdrantFields.Dense);
        yield return ("vectors.dense.size", Text(dense.Size), Text(foundDense?.Size));
        yield return ("vectors.dense.distance", Text(dense.Distance), Text(foundDense?.Distance));
        yield return ("vectors.dense.on_disk", Text(dense.OnDisk), Text(foundDense?.OnDisk ?? false));
        var foundSparse = found.SparseVectors.GetValueOrDefault(QdrantFields.Keywords);
        yield return ("sparse_vectors.bm25", "there", foundSparse is null ? "missing" : "there");
        yield return ("sparse_vectors.bm25.modifier", "none", Text(foundSparse?.Modifier ?? "none"));
    }

    private static IEnumerable<(string, string, string)> Copies(QdrantCollectionSettings expected, QdrantCollectionConfig found)
    {
        yield return ("replication_factor", Text(expected.ReplicationFactor), Text(found.Params.ReplicationFactor ?? 1));
        yield return ("write_consistency_factor", Text(expected.WriteConsistencyFactor), Text(found.Params.WriteConsistencyFactor ?? 1));
        yield return ("on_disk_payload", Text(expected.OnDiskPayload), Text(found.Params.OnDiskPayload ?? false));
        yield return ("hnsw_config.m", Text(expected.HnswConfig!.M), Text(found.HnswConfig?.M));
        yield return ("quantization_config.scalar.type", Text(expected.QuantizationConfig!.Scalar!.Type), Text(found.QuantizationConfig?.Scalar?.Type));
        yield return ("quantization_config.scalar.always_ram", Text(expected.QuantizationConfig.Scalar.AlwaysRam), Text(found.QuantizationConfig?.Scalar?.AlwaysRam ?? false));
        yield return ("metadata.model", Text(expected.Metadata!.Model), Text(found.Metadata?.Model));
        yield return ("metadata.dimension", Text(expected.Metadata.Dimension), Text(found.Metadata?.Dimension));
    }

    private static IEnumerable<(string, string, string)> Strictness(QdrantStrictMode expected, QdrantStrictMode found)
    {
        yield return ("strict_mode_config.enabled", Text(expected.Enabled), Text(found.Enabled ?? false));
        yield return ("strict_mode_config.unindexed_filtering_retrieve", Text(expected.UnindexedFilteringRetrieve), Text(found.UnindexedFilteringRetrieve));
        yield return ("strict_mode_config.unindexed_filtering_update", Text(expected.UnindexedFilteringUpdate), Text(found.UnindexedFilteringUpdate));
        yield return ("strict_mode_config.max_query_limit", Text(expected.MaxQueryLimit), Text(found.MaxQueryLimit));
        yield return ("strict_mode_config.upsert_max_batchsize", Text(expected.UpsertMaxBatchsize), Text(found.UpsertMaxBatchsize));
        yield return ("strict_mode_config.search_max_batchsize", Text(expected.SearchMaxBatchsize), Text(found.SearchMaxBatchsize));
        yield return ("strict_mode_config.filter_max_conditions", Text(expected.FilterMaxConditions), Text(found.FilterMaxConditions));
        yield return ("strict_mode_config.condition_max_size", Text(expected.ConditionMaxSize), Text(found.ConditionMaxSize));
    }

    private static IEnumerable<(string, string, string)> Indexes(QdrantCollectionInfo found)
    {
        foreach (var (field, settings) in CollectionLayout.Indexes)
        {
            var index = found.PayloadSchema.GetValueOrDefault(field);
            yield return ($"payload_schema.{field}", Text(settings.Type), Text(index?.DataType));
            if (settings.IsTenant is true)
                yield return ($"payload_schema.{field}.is_tenant", Text(true), Text(index?.Params?.IsTenant ?? false));
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "missing",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
