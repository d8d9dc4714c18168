using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Answer of <c>POST /v1/embeddings</c>, in OpenAI's format; the data are in the order of the input.</summary>
/// <typeparam name="TVector">
/// Form of the vectors: <c>float[]</c>, or <c>byte[]</c> (little-endian float32 numbers, in base64) for <see cref="EmbeddingEncoding.Base64"/>.
/// </typeparam>
public sealed record EmbeddingsResponse<TVector>(
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingData<TVector>> Data,
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
public sealed record EmbeddingData<TVector>(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("embedding")] TVector Embedding)
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
