using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Tei;

/// <summary>
/// An embedding generator for <c>/embed</c> of Hugging Face Text Embeddings Inference. A text that is too long is refused, also by a
/// server that was started to cut it.
/// </summary>
internal sealed class TeiEmbeddings(JsonEndpoint endpoint, EmbeddingGeneratorMetadata metadata) : HttpEmbeddings(endpoint, metadata)
{
    /// <summary>Header with the number of the request's tokens.</summary>
    private const string TokensHeader = "x-compute-tokens";

    /// <param name="api">Base address, in front of <c>/embed</c>.</param>
    public static IEmbeddingGenerator<string, Embedding<float>> Open(HttpClient http, Uri api, string model, string key) => new TeiEmbeddings(
        new JsonEndpoint(http, JsonEndpoint.Below(api, "embed"), key), new EmbeddingGeneratorMetadata("tei", api, model));

    protected override async Task<(IReadOnlyList<float[]> Vectors, long? Tokens)> EmbedAsync(
        string[] texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new TeiEmbedRequest(texts, Truncate: false);
        var (vectors, headers) = await Endpoint.PostAsync(request, TeiJson.Default.TeiEmbedRequest, TeiJson.Default.SingleArrayArray, cancellationToken);
        return (vectors, Tokens(headers));
    }

    private static long? Tokens(HttpResponseHeaders headers) =>
        headers.TryGetValues(TokensHeader, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
            ? tokens
            : null;
}
