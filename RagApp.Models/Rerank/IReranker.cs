using RagApp.Models.Budgets;
using RagApp.Models.Errors;

namespace RagApp.Models.Rerank;

/// <summary>Scores how well documents answer a query by reading query and document together.</summary>
public interface IReranker
{
    /// <summary>Name of the model; null when the provider has only one.</summary>
    string? Model { get; }

    /// <summary>The score of each document, 0 to 1, in the order of the documents. The call is charged to the caller's budgets.</summary>
    /// <exception cref="ModelException">No deployment answered, or its answer does not fit the request.</exception>
    /// <exception cref="BudgetExceededException">A budget has too little left.</exception>
    Task<IReadOnlyList<double>> ScoreAsync(ModelCaller caller, string query, IReadOnlyList<string> documents, CancellationToken cancellationToken);
}
