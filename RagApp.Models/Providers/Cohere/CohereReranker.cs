using RagApp.Models.Providers.Http;

namespace RagApp.Models.Providers.Cohere;

/// <summary>A reranker for Cohere's <c>/v2/rerank</c>, in one call.</summary>
internal sealed class CohereReranker(JsonEndpoint endpoint, string model) : IDocumentScorer
{
    public async Task<IReadOnlyList<double>> ScoreAsync(string query, IReadOnlyList<string> documents, CancellationToken cancellationToken)
    {
        var (answer, _) = await endpoint.PostAsync(
            new CohereRerankRequest(model.Length > 0 ? model : null, query, documents), CohereJson.Default.CohereRerankRequest, CohereJson.Default.CohereRerankAnswer, cancellationToken);
        return RerankScores.InOrder(answer.Results.Select(result => (result.Index, result.RelevanceScore)), documents.Count);
    }
}
