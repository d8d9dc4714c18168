using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Models.Providers.Tei;

/// <summary>JSON format of Text Embeddings Inference.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TeiEmbedRequest))]
[JsonSerializable(typeof(float[][]))]
[JsonSerializable(typeof(TeiRerankRequest))]
[JsonSerializable(typeof(IReadOnlyList<TeiRank>))]
internal sealed partial class TeiJson : JsonSerializerContext;

/// <param name="Truncate">True to let the server cut a text that is too long for the model, instead of refusing it.</param>
internal sealed record TeiEmbedRequest(IReadOnlyList<string> Inputs, bool Truncate);

/// <inheritdoc cref="TeiEmbedRequest"/>
internal sealed record TeiRerankRequest(string Query, IReadOnlyList<string> Texts, bool Truncate);

internal sealed record TeiRank(int Index, double Score);
