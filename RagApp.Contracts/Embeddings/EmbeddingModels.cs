using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Answer of <c>GET /v1/models</c>.</summary>
public sealed record EmbeddingModels(
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingModel> Data)
{
    [JsonPropertyName("object")]
    public string ObjectType => "list";
}

/// <param name="Id">Name to put into <see cref="EmbeddingsRequest.Model"/>; indexed vectors are marked with it.</param>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="MaxTokens">Longest input in tokens, prefix and special tokens included.</param>
/// <param name="FusionWeight">Weight of the semantic list in hybrid search, 0 to 1, measured for each model.</param>
public sealed record EmbeddingModel(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("dimension")] int Dimension,
    [property: JsonPropertyName("max_tokens")] int MaxTokens,
    [property: JsonPropertyName("fusion_weight")] double FusionWeight)
{
    [JsonPropertyName("object")]
    public string ObjectType => "model";

    /// <summary>Cosine from which two questions are similar enough to share an answer, 0 to 1, of its own for each model; null when it is not known.</summary>
    [JsonPropertyName("answer_similarity"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AnswerSimilarity { get; init; }
}
