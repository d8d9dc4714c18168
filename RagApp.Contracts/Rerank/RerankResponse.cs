using System.Text.Json.Serialization;

namespace RagApp.Contracts.Rerank;

/// <summary>Answer of <c>POST /v1/rerank</c>, in Cohere's format.</summary>
/// <param name="Results">The documents with their scores, best first.</param>
/// <param name="Model">Name of the model; null when the provider has one model only.</param>
public sealed record RerankResponse(
    [property: JsonPropertyName("results")] IReadOnlyList<RerankResult> Results,
    [property: JsonPropertyName("model")] string? Model = null);

/// <param name="Index">Position of the document in the request.</param>
/// <param name="RelevanceScore">Score of 0 to 1, comparable within one response.</param>
public sealed record RerankResult(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("relevance_score")] double RelevanceScore);
