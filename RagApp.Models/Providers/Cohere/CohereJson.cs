using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Models.Providers.Cohere;

/// <summary>JSON format of Cohere's API, version 2.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CohereEmbedRequest))]
[JsonSerializable(typeof(CohereEmbedAnswer))]
[JsonSerializable(typeof(CohereRerankRequest))]
[JsonSerializable(typeof(CohereRerankAnswer))]
internal sealed partial class CohereJson : JsonSerializerContext;

/// <param name="Truncate"><c>NONE</c>: a text that is too long is refused.</param>
internal sealed record CohereEmbedRequest(string Model, IReadOnlyList<string> Texts, string InputType, IReadOnlyList<string> EmbeddingTypes, string Truncate);

internal sealed record CohereEmbedAnswer(CohereVectors Embeddings, CohereMeta? Meta = null);

internal sealed record CohereVectors(IReadOnlyList<float[]> Float);

internal sealed record CohereMeta(CohereBilledUnits? BilledUnits = null);

internal sealed record CohereBilledUnits(double? InputTokens = null);

internal sealed record CohereRerankRequest(string? Model, string Query, IReadOnlyList<string> Documents);

internal sealed record CohereRerankAnswer(IReadOnlyList<CohereRerankResult> Results);

internal sealed record CohereRerankResult(int Index, double RelevanceScore);
