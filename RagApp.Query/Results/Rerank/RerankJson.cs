using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Query.Results.Rerank;

/// <summary>JSON format of both reranker protocols.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CohereRequest))]
[JsonSerializable(typeof(CohereResponse))]
[JsonSerializable(typeof(TeiRequest))]
[JsonSerializable(typeof(IReadOnlyList<TeiResult>))]
internal sealed partial class RerankJson : JsonSerializerContext;

internal sealed record CohereRequest(string? Model, string Query, IReadOnlyList<string> Documents);

internal sealed record CohereResponse(IReadOnlyList<CohereResult>? Results);

internal sealed record CohereResult(int? Index, double? RelevanceScore);

/// <param name="Truncate">True to let the server cut a passage that is too long for the model, instead of refusing it.</param>
internal sealed record TeiRequest(string Query, IReadOnlyList<string> Texts, bool Truncate);

internal sealed record TeiResult(int? Index, double? Score);
