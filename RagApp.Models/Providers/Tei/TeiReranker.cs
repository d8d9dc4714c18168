using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Tei;

/// <summary>
/// A reranker for <c>/rerank</c> of Hugging Face Text Embeddings Inference. The score of a document does not depend on the others,
/// so that several calls beside each other score more documents than the server takes in one. Of a document that is too long for the
/// model, the server scores the beginning: a refusal would leave all others without a score.
/// </summary>
internal sealed class TeiReranker(JsonEndpoint endpoint) : IDocumentScorer
{
    /// <summary>Number of documents that a server takes in one call unless it is told otherwise.</summary>
    private const int DocumentsPerCall = 32;

    public async Task<IReadOnlyList<double>> ScoreAsync(string query, IReadOnlyList<string> documents, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(documents.Chunk(DocumentsPerCall).Select(part => ScorePartAsync(query, part, cancellationToken)));
        return [.. parts.SelectMany(scores => scores)];
    }

    private async Task<double[]> ScorePartAsync(string query, string[] documents, CancellationToken cancellationToken)
    {
        var (ranks, _) = await endpoint.PostAsync(
            new TeiRerankRequest(query, documents, Truncate: true), TeiJson.Default.TeiRerankRequest, TeiJson.Default.IReadOnlyListTeiRank, cancellationToken);
        return RerankScores.InOrder(ranks.Select(rank => (rank.Index, rank.Score)), documents.Length);
    }
}
