using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;
using RagApp.Models.Embeddings;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Ollama;

/// <summary>An embedding generator for Ollama's <c>/api/embed</c>. A text that is too long is refused, where Ollama's default cuts it.</summary>
internal sealed class OllamaEmbeddings(JsonEndpoint endpoint, EmbeddingGeneratorMetadata metadata) : HttpEmbeddings(endpoint, metadata)
{
    public static IEmbeddingGenerator<string, Embedding<float>> Create(EmbeddingProviderOptions options) => new OllamaEmbeddings(
        JsonEndpoint.Open(JsonEndpoint.Below(options.Address, "api/embed"), options.ApiKey, options.Timeout),
        new EmbeddingGeneratorMetadata("ollama", options.Address, options.Model, options.Dimension));

    protected override async Task<(IReadOnlyList<float[]> Vectors, long? Tokens)> EmbedAsync(
        string[] texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new OllamaEmbedRequest(Model, texts, Truncate: false);
        var (answer, _) = await Endpoint.PostAsync(request, OllamaJson.Default.OllamaEmbedRequest, OllamaJson.Default.OllamaEmbedAnswer, cancellationToken);
        return (answer.Embeddings, answer.PromptEvalCount);
    }
}
