using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Interactive work (a person waits) is always taken before bulk work (ingestion).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmbeddingPriority>))]
public enum EmbeddingPriority
{
    [JsonStringEnumMemberName("interactive")]
    Interactive,

    [JsonStringEnumMemberName("bulk")]
    Bulk,
}
