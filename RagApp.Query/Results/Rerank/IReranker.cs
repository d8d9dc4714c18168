namespace RagApp.Query.Results.Rerank;

/// <summary>Judges how well passages answer a question, each together with the question: slower than search, and better.</summary>
internal interface IReranker
{
    /// <summary>A score for each passage, 0 to 1, in their order.</summary>
    /// <exception cref="HttpRequestException">The reranker cannot be reached or refuses.</exception>
    /// <exception cref="FormatException">What it answered is no score for each passage.</exception>
    Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken);
}
