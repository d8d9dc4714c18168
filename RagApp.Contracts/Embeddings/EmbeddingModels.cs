using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Answer of <c>GET /v1/models</c>.</summary>
public sealed record EmbeddingModels(
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingModel> Data)
{
    [JsonPropertyName("object")]
    public string ObjectType => "list";
}

/// <param name="Id">Name that goes into <see cref="EmbeddingsRequest.Model"/> and that indexed vectors are marked with.</param>
/// <param name="Dimension">Numbers per vector.</param>
/// <param name="MaxTokens">Longest input in tokens, prefix and marks included.</param>
/// <param name="FusionWeight">Weight of the dense list in hybrid search, 0 to 1, measured per model.</param>
public sealed record EmbeddingModel(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("dimension")] int Dimension,
    [property: JsonPropertyName("max_tokens")] int MaxTokens,
    [property: JsonPropertyName("fusion_weight")] double FusionWeight)
{
    [JsonPropertyName("object")]
    public string ObjectType => "model";
}
