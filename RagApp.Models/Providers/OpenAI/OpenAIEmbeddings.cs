using Microsoft.Extensions.AI;
using RagApp.Models.Providers.Http;
using EmbeddingClient = OpenAI.Embeddings.EmbeddingClient;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>Embeddings of OpenAI and of any endpoint that has OpenAI's API; every failure is thrown as a <see cref="Errors.ModelException"/>.</summary>
internal sealed class OpenAIEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <param name="endpoint">Base address, in front of <c>/embeddings</c>.</param>
    public static IEmbeddingGenerator<string, Embedding<float>> Open(HttpClient http, Uri endpoint, string model, string key) => new OpenAIEmbeddings(
        new EmbeddingClient(model, OpenAIConnection.Credential(key), OpenAIConnection.Options(http, endpoint)).AsIEmbeddingGenerator());

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            // The options of this program mean nothing to the client.
            return await base.GenerateAsync(values, options: null, cancellationToken);
        }
        catch (Exception exception) when (ProviderErrors.AreOfProvider(cancellationToken))
        {
            throw ProviderErrors.Translate(exception);
        }
    }
}
