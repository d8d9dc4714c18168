using System.Text.Json.Serialization;

namespace RagApp.Contracts.Rerank;

/// <summary>Documents to be ordered by how well they answer a query: body of <c>POST /v1/rerank</c> of the embedding service, in Cohere's format.</summary>
/// <param name="Documents">Texts of the documents, 1 to 1,000.</param>
/// <param name="TopN">Number of best documents to answer with; null for all.</param>
public sealed record RerankRequest(
    [property: JsonPropertyName("query")] string Query,
    [property: JsonPropertyName("documents")] IReadOnlyList<string> Documents,
    [property: JsonPropertyName("top_n")] int? TopN = null);
