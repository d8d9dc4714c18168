using RagApp.Models.Errors;

namespace RagApp.Models.Providers;

/// <summary>A provider's reranking, with one key of one deployment.</summary>
internal interface IDocumentScorer
{
    /// <summary>The score of each document, 0 to 1, in the order of the documents.</summary>
    /// <exception cref="ModelException">The provider failed, or its answer does not fit the request.</exception>
    Task<IReadOnlyList<double>> ScoreAsync(string query, IReadOnlyList<string> documents, CancellationToken cancellationToken);
}
