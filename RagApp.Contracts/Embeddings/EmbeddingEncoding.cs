using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Encoding of vectors: JSON numbers, or base64 of little-endian float32, which OpenAI's own clients ask for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmbeddingEncoding>))]
public enum EmbeddingEncoding
{
    [JsonStringEnumMemberName("float")]
    Numbers,

    [JsonStringEnumMemberName("base64")]
    Base64,
}
