using System.Runtime.CompilerServices;
using RagApp.Models.Budgets;
using RagApp.Models.Pool;
using RagApp.Models.Providers;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Rerank;

/// <summary>The reranker of the pool: each call goes to a deployment in the caller's region, and to another one when it fails.</summary>
/// <param name="current">The model as it is configured now.</param>
internal sealed class PooledReranker(DeploymentPool pool, ProviderConnections connections, ModelBudgets budgets, Func<RerankModel> current) : IReranker
{
    /// <summary>Name in the pool and in reports of a model that has none.</summary>
    public const string Unnamed = "rerank";

    /// <summary>Number of documents that providers count as one search.</summary>
    private const int DocumentsPerSearch = 100;

    /// <summary>Usual number of characters of a token. Providers of reranking mostly report none.</summary>
    private const int CharactersPerToken = 4;

    private readonly ConditionalWeakTable<Upstream, IDocumentScorer> _scorers = [];

    public string? Model => current().Name;

    public async Task<IReadOnlyList<double>> ScoreAsync(ModelCaller caller, string query, IReadOnlyList<string> documents, CancellationToken cancellationToken)
    {
        var (model, price) = (current().Name ?? Unnamed, current().Price);
        var tokens = documents.Sum(document => (long)document.Length + query.Length) / CharactersPerToken;
        var searches = (documents.Count + DocumentsPerSearch - 1) / DocumentsPerSearch;
        await using var charge = await budgets.ReserveAsync(
            caller, model, price with { Call = price.Call * searches }, () => tokens, maxOutputTokens: 0, cancellationToken);
        var scores = await pool.CallAsync(Unnamed, caller, tokens, AskAsync, _ => ValueTask.CompletedTask, cancellationToken);
        await charge.SettleAsync(tokens, outputTokens: 0, isCounted: true);
        return scores;

        async Task<IReadOnlyList<double>> AskAsync(DeploymentLease lease, CancellationToken stop)
        {
            var scored = await _scorers.GetValue(lease.Upstream, _ => RerankProviders.Open(connections, lease)).ScoreAsync(query, documents, stop);
            lease.Succeeded();
            return scored;
        }
    }
}

/// <param name="Name">Name of the model; null when the provider has only one.</param>
internal sealed record RerankModel(string? Name, ModelPrice Price);
