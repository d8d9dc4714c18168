using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Purpose of a text: models such as E5 put different prefixes before questions and passages.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmbeddingInputType>))]
public enum EmbeddingInputType
{
    [JsonStringEnumMemberName("passage")]
    Passage,

    [JsonStringEnumMemberName("query")]
    Query,
}
