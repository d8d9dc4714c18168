using Microsoft.Extensions.AI;
using RagApp.Models.Embeddings;
using RagApp.Models.Errors;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>Embeddings of an OpenAI-compatible endpoint; whatever goes wrong is a <see cref="ModelException"/>.</summary>
internal sealed class OpenAIEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public static IEmbeddingGenerator<string, Embedding<float>> Create(EmbeddingProviderOptions options)
    {
        var client = OpenAIConnection.Open(options.Endpoint, options.ApiKey, options.Timeout).GetEmbeddingClient(options.Model);
        return new BatchingGenerator(new OpenAIEmbeddings(client.AsIEmbeddingGenerator()), options.BatchSize, options.Dimension);
    }

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GenerateAsync(values, options, cancellationToken);
        }
        catch (Exception exception) when (OpenAIErrors.AreOfProvider(exception, cancellationToken))
        {
            throw OpenAIErrors.Translate(exception);
        }
    }
}
