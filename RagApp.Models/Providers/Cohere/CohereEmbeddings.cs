using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;
using RagApp.Models.Embeddings;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Cohere;

/// <summary>An embedding generator for Cohere's <c>/v2/embed</c>. A text that is too long is refused, where Cohere's default cuts it.</summary>
internal sealed class CohereEmbeddings(JsonEndpoint endpoint, EmbeddingGeneratorMetadata metadata) : HttpEmbeddings(endpoint, metadata)
{
    public static IEmbeddingGenerator<string, Embedding<float>> Create(EmbeddingProviderOptions options) => new CohereEmbeddings(
        JsonEndpoint.Open(JsonEndpoint.Below(options.Address, "embed"), options.ApiKey, options.Timeout),
        new EmbeddingGeneratorMetadata("cohere", options.Address, options.Model, options.Dimension));

    protected override async Task<(IReadOnlyList<float[]> Vectors, long? Tokens)> EmbedAsync(
        string[] texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new CohereEmbedRequest(Model, texts, type == EmbeddingInputType.Query ? "search_query" : "search_document", ["float"], "NONE");
        var (answer, _) = await Endpoint.PostAsync(request, CohereJson.Default.CohereEmbedRequest, CohereJson.Default.CohereEmbedAnswer, cancellationToken);
        return (answer.Embeddings.Float, (long?)answer.Meta?.BilledUnits?.InputTokens);
    }
}
