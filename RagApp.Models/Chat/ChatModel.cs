using Microsoft.Extensions.AI;
using RagApp.Models.Budgets;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Models.Tokens;

namespace RagApp.Models.Chat;

/// <summary>A chat model of this installation, with its limits and its deployments.</summary>
public sealed class ChatModel
{
    private readonly DeploymentPool _pool;
    private readonly ChatClients _clients;
    private readonly ModelBudgets _budgets;

    internal ChatModel(DeploymentPool pool, ChatClients clients, ModelBudgets budgets) => (_pool, _clients, _budgets) = (pool, clients, budgets);

    /// <summary>Name of the model in the configuration.</summary>
    public required string Id { get; init; }

    /// <summary>Largest number of tokens of prompt and answer together.</summary>
    public required int MaxContextTokens { get; init; }

    /// <summary>Largest number of tokens of one answer.</summary>
    public required int MaxOutputTokens { get; init; }

    /// <summary>Token encoding of the model, such as <c>o200k_base</c>; null to choose it by the model's name.</summary>
    public required string? Tokenizer { get; init; }

    /// <summary>Price of the model as it is configured now.</summary>
    public ModelPrice Price => PriceNow();

    internal Func<ModelPrice> PriceNow { get; init; } = () => ModelPrice.Free;

    /// <summary>Trial of another model for a share of the calls; null for none.</summary>
    internal Canary? Canary { get; init; }

    /// <summary>
    /// Creates the client of a caller. Its calls are charged to the caller's budgets, go to deployments in the caller's region only,
    /// and throw <see cref="ModelException"/> when none answers.
    /// </summary>
    public IChatClient ClientFor(ModelCaller caller) => new BudgetedChatClient(new PooledChatClient(_clients, this, caller), _budgets, caller, Terms);

    private ModelTerms Terms => new(Id, Price, TokenCounter.For(Id, Tokenizer), MaxOutputTokens);

    /// <summary>Makes a call on the deployments of this model, or on those of the model that is tried in its place.</summary>
    internal Task<T> CallAsync<T>(
        ModelCaller caller, long tokens, Func<DeploymentLease, CancellationToken, Task<T>> attempt, Func<T, ValueTask> discard,
        CancellationToken cancellationToken, Func<Deployment, bool>? suits = null)
    {
        return Canary is { } canary ? canary.CallAsync(caller, CallAsync) : CallAsync(Id);

        Task<T> CallAsync(string model) => _pool.CallAsync(model, caller, tokens, attempt, discard, cancellationToken, suits);
    }
}
