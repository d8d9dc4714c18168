using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Answer of <c>POST /v1/embeddings</c>, in OpenAI's shape; data are in the order of the input.</summary>
public sealed record EmbeddingsResponse(
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingData> Data,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("usage")] EmbeddingUsage Usage)
{
    [JsonPropertyName("object")]
    public string ObjectType => "list";

    /// <summary>Positions of the texts of which only beginning and end were embedded; null when there are none.</summary>
    [JsonPropertyName("truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Truncated { get; init; }
}

/// <param name="Index">Position of the text in the request.</param>
/// <param name="Embedding">The vector, of length one.</param>
public sealed record EmbeddingData(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("embedding")] float[] Embedding)
{
    [JsonPropertyName("object")]
    public string ObjectType => "embedding";
}

/// <param name="PromptTokens">
/// Tokens of all inputs, prefixes included. With the embedded model cached texts count too; with a provider it is
/// what the provider counted, so cached texts are 0.
/// </param>
/// <param name="TotalTokens">The same: embeddings have no completion.</param>
public sealed record EmbeddingUsage(
    [property: JsonPropertyName("prompt_tokens")] int PromptTokens,
    [property: JsonPropertyName("total_tokens")] int TotalTokens);
