using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Priority of a request: interactive work, for which a person waits, goes before bulk work such as ingestion.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmbeddingPriority>))]
public enum EmbeddingPriority
{
    [JsonStringEnumMemberName("interactive")]
    Interactive,

    [JsonStringEnumMemberName("bulk")]
    Bulk,
}
