using Microsoft.Extensions.AI;
using RagApp.Models.Embeddings;
using RagApp.Models.Errors;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>An embedding generator for an OpenAI-compatible endpoint; every failure is thrown as a <see cref="ModelException"/>.</summary>
internal sealed class OpenAIEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public static IEmbeddingGenerator<string, Embedding<float>> Create(EmbeddingProviderOptions options) => new OpenAIEmbeddings(
        OpenAIConnection.Open(options.Address, options.ApiKey, options.Timeout).GetEmbeddingClient(options.Model).AsIEmbeddingGenerator());

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            // The options of this program mean nothing to the client.
            return await base.GenerateAsync(values, options: null, cancellationToken);
        }
        catch (Exception exception) when (OpenAIErrors.AreOfProvider(exception, cancellationToken))
        {
            throw OpenAIErrors.Translate(exception);
        }
    }
}
