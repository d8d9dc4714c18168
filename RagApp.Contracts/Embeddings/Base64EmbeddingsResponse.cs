using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Answer of <c>POST /v1/embeddings</c> to a request for <see cref="EmbeddingEncoding.Base64"/>.</summary>
public sealed record Base64EmbeddingsResponse(
    [property: JsonPropertyName("data")] IReadOnlyList<Base64EmbeddingData> Data,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("usage")] EmbeddingUsage Usage)
{
    [JsonPropertyName("object")]
    public string ObjectType => "list";

    /// <inheritdoc cref="EmbeddingsResponse.Truncated"/>
    [JsonPropertyName("truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Truncated { get; init; }

    /// <inheritdoc cref="EmbeddingsResponse.Windowed"/>
    [JsonPropertyName("windowed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Windowed { get; init; }
}

/// <param name="Index">Position of the text in the request.</param>
/// <param name="Embedding">The vector as little-endian float32 numbers, in base64.</param>
public sealed record Base64EmbeddingData(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("embedding")] byte[] Embedding)
{
    [JsonPropertyName("object")]
    public string ObjectType => "embedding";
}
