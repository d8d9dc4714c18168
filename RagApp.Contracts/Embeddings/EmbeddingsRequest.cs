using System.Text.Json.Serialization;

namespace RagApp.Contracts.Embeddings;

/// <summary>Body of <c>POST /v1/embeddings</c>: OpenAI's format plus <c>input_type</c>, <c>priority</c>, <c>truncate</c> and <c>windows</c>.</summary>
/// <param name="Input">One text or a list of texts.</param>
/// <param name="Model">Name of the model to use; null for the configured one.</param>
/// <param name="InputType">Type that selects the model's prefix; OpenAI's clients leave it out and get <c>passage</c>.</param>
/// <param name="Priority">Priority: a person's question goes before bulk work.</param>
/// <param name="EncodingFormat">Encoding of the vectors; <see cref="EmbeddingClient"/> reads <see cref="EmbeddingEncoding.Numbers"/> only.</param>
/// <param name="Dimensions">Numbers in a vector; only the model's own dimension is accepted, since vectors are never shortened.</param>
/// <param name="Truncate">
/// True to embed only the beginning and the end of a text that is longer than the model reads, and to name that text in the
/// answer; false to refuse it. A provider's model whose tokenizer is not known always refuses such a text, since only the provider can
/// count its tokens.
/// </param>
/// <param name="Windows">
/// True to embed all of a text that is longer than the model reads: in windows, whose mean is the text's vector. The answer names that
/// text if this service has counted its tokens. It goes before <paramref name="Truncate"/>.
/// </param>
public sealed record EmbeddingsRequest(
    [property: JsonPropertyName("input"), JsonConverter(typeof(OneOrManyConverter))] IReadOnlyList<string> Input,
    [property: JsonPropertyName("model")] string? Model = null,
    [property: JsonPropertyName("input_type")] EmbeddingInputType InputType = EmbeddingInputType.Passage,
    [property: JsonPropertyName("priority")] EmbeddingPriority Priority = EmbeddingPriority.Interactive,
    [property: JsonPropertyName("encoding_format")] EmbeddingEncoding EncodingFormat = EmbeddingEncoding.Numbers,
    [property: JsonPropertyName("dimensions")] int? Dimensions = null,
    [property: JsonPropertyName("truncate")] bool Truncate = false,
    [property: JsonPropertyName("windows")] bool Windows = false);
