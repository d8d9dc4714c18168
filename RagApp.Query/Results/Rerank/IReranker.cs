using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Query.Results.Rerank;

/// <summary>Scores how well passages answer a question by reading question and passage together; slower than the search, and more accurate.</summary>
internal interface IReranker
{
    /// <summary>Returns a score of 0 to 1 for each passage, in the order of the passages.</summary>
    /// <exception cref="HttpRequestException">The reranker cannot be reached or refuses the request.</exception>
    /// <exception cref="ApiException">The embedding service cannot rerank.</exception>
    /// <exception cref="FormatException">The response does not hold one score for each passage.</exception>
    Task<IReadOnlyList<double>> ScoreAsync(Principal principal, string question, IReadOnlyList<string> passages, CancellationToken cancellationToken);
}
