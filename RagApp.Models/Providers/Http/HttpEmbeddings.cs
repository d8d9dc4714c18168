using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;

namespace RagApp.Models.Providers.Http;

/// <summary>An embedding generator for a provider's JSON endpoint; each call is one request.</summary>
internal abstract class HttpEmbeddings(JsonEndpoint endpoint, EmbeddingGeneratorMetadata metadata) : IEmbeddingGenerator<string, Embedding<float>>
{
    protected JsonEndpoint Endpoint => endpoint;

    protected string Model => metadata.DefaultModelId!;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var type = (options as EmbeddingCallOptions)?.InputType ?? EmbeddingInputType.Passage;
        var (vectors, tokens) = await EmbedAsync([.. values], type, cancellationToken);
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { ModelId = Model }))
        {
            Usage = tokens is null ? null : new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => endpoint.Dispose();

    /// <summary>The vectors of the texts, and the number of their tokens if the provider tells it.</summary>
    protected abstract Task<(IReadOnlyList<float[]> Vectors, long? Tokens)> EmbedAsync(
        string[] texts, EmbeddingInputType type, CancellationToken cancellationToken);
}
