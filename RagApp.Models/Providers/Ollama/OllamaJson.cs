using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Models.Providers.Ollama;

/// <summary>JSON format of Ollama's own API.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OllamaEmbedRequest))]
[JsonSerializable(typeof(OllamaEmbedAnswer))]
internal sealed partial class OllamaJson : JsonSerializerContext;

/// <param name="Truncate">False to refuse a text that is too long for the model, instead of cutting it.</param>
internal sealed record OllamaEmbedRequest(string Model, IReadOnlyList<string> Input, bool Truncate);

/// <param name="PromptEvalCount">Number of tokens of all texts.</param>
internal sealed record OllamaEmbedAnswer(IReadOnlyList<float[]> Embeddings, long? PromptEvalCount = null);
