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

    /// <summary>Price of the model; free when none is configured.</summary>
    public required ModelPrice Price { get; init; }

    /// <summary>Trial of another model for a share of the calls; null for none.</summary>
    internal Canary? Canary { get; init; }

    /// <summary>The model that is tried; null without a trial.</summary>
    internal Lazy<ChatModel>? Tried { get; init; }

    private ModelTerms Terms => new(Id, Price, TokenCounter.For(Id, Tokenizer), MaxOutputTokens);

    /// <summary>
    /// Creates the client of a caller. Its calls are charged to the caller's budgets, go to deployments in the caller's region only,
    /// and throw <see cref="ModelException"/> when none answers.
    /// </summary>
    public IChatClient ClientFor(ModelCaller caller) => Canary is null ? OwnClientFor(caller) : new TrialChatClient(this, caller);

    /// <summary>Makes a call with this model, or with the one that is tried in its place, and with this one when that fails.</summary>
    /// <param name="call">Reserves by the name and the price of the model that it gets, and returns when the answer has begun.</param>
    public Task<T> ServeAsync<T>(ModelCaller caller, Func<ChatModel, Task<T>> call) =>
        Canary is { } canary ? canary.CallAsync(caller, name => call(name == Id ? this : Tried!.Value)) : call(this);

    /// <summary>The client of a caller without a trial.</summary>
    internal IChatClient OwnClientFor(ModelCaller caller) => new BudgetedChatClient(new PooledChatClient(_clients, this, caller), _budgets, caller, Terms);

    /// <summary>Makes a call on the deployments of this model.</summary>
    internal Task<T> CallAsync<T>(
        ModelCaller caller, long tokens, Func<DeploymentLease, CancellationToken, Task<T>> attempt, Func<T, ValueTask> discard,
        CancellationToken cancellationToken, Func<Deployment, bool>? suits = null) =>
        _pool.CallAsync(Id, caller, tokens, attempt, discard, cancellationToken, suits);
}
