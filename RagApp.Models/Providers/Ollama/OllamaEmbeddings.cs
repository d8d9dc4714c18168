using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Ollama;

/// <summary>An embedding generator for Ollama's <c>/api/embed</c>. A text that is too long is refused, where Ollama's default cuts it.</summary>
internal sealed class OllamaEmbeddings(JsonEndpoint endpoint, EmbeddingGeneratorMetadata metadata) : HttpEmbeddings(endpoint, metadata)
{
    /// <param name="api">Base address, in front of <c>/api/embed</c>.</param>
    public static IEmbeddingGenerator<string, Embedding<float>> Open(HttpClient http, Uri api, string model, string key) => new OllamaEmbeddings(
        new JsonEndpoint(http, JsonEndpoint.Below(api, "api/embed"), key), new EmbeddingGeneratorMetadata("ollama", api, model));

    protected override async Task<(IReadOnlyList<float[]> Vectors, long? Tokens)> EmbedAsync(
        string[] texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new OllamaEmbedRequest(Model, texts, Truncate: false);
        var (answer, _) = await Endpoint.PostAsync(request, OllamaJson.Default.OllamaEmbedRequest, OllamaJson.Default.OllamaEmbedAnswer, cancellationToken);
        return (answer.Embeddings, answer.PromptEvalCount);
    }
}
