using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Body of <c>POST /v1/embeddings</c>: OpenAI's shape plus <c>input_type</c>, <c>priority</c> and <c>truncate</c>.</summary>
/// <param name="Input">One text or a list of texts.</param>
/// <param name="Model">The model to use, or null for the configured one.</param>
/// <param name="InputType">Picks the model's prefix; OpenAI's clients leave it out and get <c>passage</c>.</param>
/// <param name="Priority">Who waits for the answer: a person's question goes before bulk work.</param>
/// <param name="EncodingFormat">How the vectors are written; <see cref="EmbeddingClient"/> reads <see cref="EmbeddingEncoding.Numbers"/>.</param>
/// <param name="Dimensions">Numbers per vector; vectors are not shortened, so only the model's own is accepted.</param>
/// <param name="Truncate">
/// Embeds of a text that is longer than the model reads its beginning and its end, and says so, instead of refusing it.
/// A provider's model refuses it all the same, since only the provider can count.
/// </param>
public sealed record EmbeddingsRequest(
    [property: JsonPropertyName("input"), JsonConverter(typeof(OneOrManyConverter))] IReadOnlyList<string> Input,
    [property: JsonPropertyName("model")] string? Model = null,
    [property: JsonPropertyName("input_type")] EmbeddingInputType InputType = EmbeddingInputType.Passage,
    [property: JsonPropertyName("priority")] EmbeddingPriority Priority = EmbeddingPriority.Interactive,
    [property: JsonPropertyName("encoding_format")] EmbeddingEncoding EncodingFormat = EmbeddingEncoding.Numbers,
    [property: JsonPropertyName("dimensions")] int? Dimensions = null,
    [property: JsonPropertyName("truncate")] bool Truncate = false);
