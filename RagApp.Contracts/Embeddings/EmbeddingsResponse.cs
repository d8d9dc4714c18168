using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Answer of <c>POST /v1/embeddings</c>, in OpenAI's format; the data are in the order of the input.</summary>
public sealed record EmbeddingsResponse(
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingData> Data,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("usage")] EmbeddingUsage Usage)
{
    [JsonPropertyName("object")]
    public string ObjectType => "list";

    /// <summary>Positions of the texts of which only the beginning and the end were embedded; null when there are none.</summary>
    [JsonPropertyName("truncated"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Truncated { get; init; }

    /// <summary>Positions of the texts that were embedded in windows; null when there are none.</summary>
    [JsonPropertyName("windowed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Windowed { get; init; }
}

/// <param name="Index">Position of the text in the request.</param>
/// <param name="Embedding">The vector, normalized to length one.</param>
public sealed record EmbeddingData(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("embedding")] float[] Embedding)
{
    [JsonPropertyName("object")]
    public string ObjectType => "embedding";
}

/// <param name="PromptTokens">
/// Number of tokens of all inputs, prefixes included. The embedded model counts cached texts too; a provider does not
/// count them, so they add 0.
/// </param>
/// <param name="TotalTokens">The same number as the prompt's, since embeddings have no completion.</param>
public sealed record EmbeddingUsage(
    [property: JsonPropertyName("prompt_tokens")] int PromptTokens,
    [property: JsonPropertyName("total_tokens")] int TotalTokens);
