using RagApp.Contracts.Identity;
using RagApp.Contracts.Rerank;

namespace RagApp.Query.Results.Rerank;

/// <summary>The reranker of the embedding service.</summary>
internal sealed class ServiceReranker(RerankClient client) : IReranker
{
    public async Task<IReadOnlyList<double>> ScoreAsync(
        Principal principal, string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        var response = await client.RerankAsync(principal, new RerankRequest(question, passages), cancellationToken);
        var results = response.Results.OrderBy(result => result.Index).ToList();
        if (!results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, passages.Count)))
            throw new FormatException("The embedding service left out passages, or names one twice.");
        return [.. results.Select(result => result.RelevanceScore)];
    }
}
