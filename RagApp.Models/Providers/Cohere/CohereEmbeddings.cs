using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Cohere;

/// <summary>An embedding generator for Cohere's <c>/v2/embed</c>. A text that is too long is refused, where Cohere's default cuts it.</summary>
internal sealed class CohereEmbeddings(JsonEndpoint endpoint, EmbeddingGeneratorMetadata metadata) : HttpEmbeddings(endpoint, metadata)
{
    /// <param name="api">Base address, in front of <c>/embed</c>.</param>
    public static IEmbeddingGenerator<string, Embedding<float>> Open(HttpClient http, Uri api, string model, string key) => new CohereEmbeddings(
        new JsonEndpoint(http, JsonEndpoint.Below(api, "embed"), key), new EmbeddingGeneratorMetadata("cohere", api, model));

    protected override async Task<(IReadOnlyList<float[]> Vectors, long? Tokens)> EmbedAsync(
        string[] texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new CohereEmbedRequest(Model, texts, type == EmbeddingInputType.Query ? "search_query" : "search_document", ["float"], "NONE");
        var (answer, _) = await Endpoint.PostAsync(request, CohereJson.Default.CohereEmbedRequest, CohereJson.Default.CohereEmbedAnswer, cancellationToken);
        return (answer.Embeddings.Float, (long?)answer.Meta?.BilledUnits?.InputTokens);
    }
}
