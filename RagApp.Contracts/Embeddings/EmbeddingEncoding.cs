using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>How vectors are written: as numbers, or as OpenAI's own clients ask for them, base64 of little-endian float32.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmbeddingEncoding>))]
public enum EmbeddingEncoding
{
    [JsonStringEnumMemberName("float")]
    Numbers,

    [JsonStringEnumMemberName("base64")]
    Base64,
}
