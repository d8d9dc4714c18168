using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Qdrant's wire form, generated at compile time: snake_case, nulls left out. Numbers that JSON cannot say (NaN,
/// infinity) throw before anything is sent.
/// </summary>
[JsonSerializable(typeof(QdrantPoints))]
[JsonSerializable(typeof(QdrantPayload))]
[JsonSerializable(typeof(QdrantSelected))]
[JsonSerializable(typeof(QdrantBatch))]
[JsonSerializable(typeof(QdrantQuery))]
[JsonSerializable(typeof(QdrantQueries))]
[JsonSerializable(typeof(ReadOnlyMemory<float>))]
[JsonSerializable(typeof(QdrantCountRequest))]
[JsonSerializable(typeof(QdrantScrollRequest))]
[JsonSerializable(typeof(QdrantFacetRequest))]
[JsonSerializable(typeof(QdrantCollectionSettings))]
[JsonSerializable(typeof(QdrantIndexRequest))]
[JsonSerializable(typeof(QdrantAliasChanges))]
[JsonSerializable(typeof(QdrantRecovery))]
[JsonSerializable(typeof(QdrantAnswer<bool>), TypeInfoPropertyName = "BoolAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantUpdate>), TypeInfoPropertyName = "UpdateAnswer")]
[JsonSerializable(typeof(QdrantAnswer<IReadOnlyList<QdrantUpdate>>), TypeInfoPropertyName = "UpdatesAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantHits>), TypeInfoPropertyName = "HitsAnswer")]
[JsonSerializable(typeof(QdrantAnswer<IReadOnlyList<QdrantHits>>), TypeInfoPropertyName = "HitListsAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantCount>), TypeInfoPropertyName = "CountAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantPage>), TypeInfoPropertyName = "PageAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantFacets>), TypeInfoPropertyName = "FacetsAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantExists>), TypeInfoPropertyName = "ExistsAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantCollectionInfo>), TypeInfoPropertyName = "CollectionAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantCollectionNames>), TypeInfoPropertyName = "CollectionNamesAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantAliases>), TypeInfoPropertyName = "AliasesAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantCluster>), TypeInfoPropertyName = "ClusterAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantShards>), TypeInfoPropertyName = "ShardsAnswer")]
[JsonSerializable(typeof(QdrantAnswer<QdrantSnapshot>), TypeInfoPropertyName = "SnapshotAnswer")]
[JsonSerializable(typeof(QdrantAnswer<IReadOnlyList<QdrantSnapshot>>), TypeInfoPropertyName = "SnapshotsAnswer")]
internal sealed partial class QdrantJson : JsonSerializerContext
{
    public static QdrantJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
    });
}
