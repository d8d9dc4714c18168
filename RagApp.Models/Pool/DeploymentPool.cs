using System.Collections.Concurrent;
using RagApp.Models.Errors;

namespace RagApp.Models.Pool;

/// <summary>
/// The deployments of all models of one kind: chat, embedding or rerank models. A call leases a deployment and key, makes itself, and reports its outcome; what is called, a chat, an
/// embedding or a raw request, is the caller's affair.
/// </summary>
public sealed class DeploymentPool : IDisposable
{
    private readonly ConcurrentDictionary<string, (ModelPool Pool, CooldownCopy? Cooldowns)> _models = new(StringComparer.Ordinal);
    private readonly PoolServices _services;

    internal DeploymentPool(PoolServices services)
    {
        _services = services;
        services.Telemetry.Observe(this);
    }

    internal PoolServices Services => _services;

    /// <summary>
    /// Leases a deployment of the model in the caller's region, with one of its keys. The call waits while all are at their limits,
    /// as long as the priority of the caller allows.
    /// </summary>
    /// <param name="model">Name of the model in the configuration.</param>
    /// <param name="tokens">Tokens of the prompt and of the longest allowed answer, estimated.</param>
    /// <param name="excluded">Leases that the same call had before; their deployments and keys are not leased again.</param>
    /// <param name="suits">Deployments that the call can use; null for all.</param>
    /// <returns>Null when the call was tried on every deployment and key.</returns>
    /// <exception cref="ModelException">
    /// Busy (503): the wait would be too long; <see cref="Contracts.Http.ProblemException.RetryAfter"/> says how long. Unavailable: all
    /// deployments are out of service. Refused: none is in the region. Unsuitable: none there suits.
    /// </exception>
    public ValueTask<DeploymentLease?> LeaseAsync(
        string model, ModelCaller caller, long tokens, IReadOnlyCollection<DeploymentLease> excluded, CancellationToken cancellationToken,
        Func<Deployment, bool>? suits = null) =>
        LeaseAsync(model, caller, tokens, excluded, suits, _services.Options.WaitOf(caller), cancellationToken);

    /// <summary>
    /// Makes a call on one deployment after the other until one answers: after a failure that another may not have, and at most as
    /// often as the options say. When all have been tried and the last one was at its limit, the call waits for it if there is time.
    /// </summary>
    /// <param name="attempt">
    /// Makes the call. It returns when the answer has begun, and reports the success to its lease; from there on no other deployment
    /// is tried. A failure it throws as <see cref="ModelException"/>.
    /// </param>
    /// <param name="discard">Ends an answer that came second when a call was hedged.</param>
    /// <param name="suits">Deployments that the call can use; null for all.</param>
    /// <exception cref="ModelException">The failure of the last deployment, or that of the lease.</exception>
    public Task<T> CallAsync<T>(
        string model, ModelCaller caller, long tokens, Func<DeploymentLease, CancellationToken, Task<T>> attempt, Func<T, ValueTask> discard,
        CancellationToken cancellationToken, Func<Deployment, bool>? suits = null) =>
        new Attempts<T>(this, model, caller, tokens, suits, attempt, discard).RunAsync(cancellationToken);

    public void Dispose()
    {
        foreach (var model in _models.Values)
            model.Pool.Dispose();
    }

    internal async ValueTask<DeploymentLease?> LeaseAsync(
        string model, ModelCaller caller, long tokens, IReadOnlyCollection<DeploymentLease> excluded, Func<Deployment, bool>? suits, TimeSpan wait,
        CancellationToken cancellationToken)
    {
        if (!_models.TryGetValue(model, out var found))
            throw new ModelException(ModelError.Refused, $"No model {model} is configured: choose another one.");
        if (found.Cooldowns is { } cooldowns)
            await cooldowns.RenewAsync();
        Upstream[] tried = excluded.Count == 0 ? [] : [.. excluded.Select(lease => lease.Upstream)];
        return await found.Pool.LeaseAsync(new LeaseRequest(caller, tokens, tried, suits), wait, cancellationToken);
    }

    /// <summary>State of each deployment of each model.</summary>
    internal IEnumerable<(string Model, string Deployment, CircuitState State)> States() =>
        _models.Values.SelectMany(model => model.Pool.States().Select(state => (model.Pool.Model, state.Deployment, state.State)));

    /// <summary>Number of requests that wait for each model.</summary>
    internal IEnumerable<(string Model, int Waiting)> Waiting() => _models.Values.Select(model => (model.Pool.Model, model.Pool.Waiting));

    /// <summary>Replaces the models and their deployments; running calls go on.</summary>
    internal void Configure(IReadOnlyDictionary<string, IReadOnlyList<ConfiguredDeployment>> models)
    {
        foreach (var (name, deployments) in models)
            _models.GetOrAdd(name, Create).Pool.Configure(deployments);
        foreach (var (name, model) in _models)
        {
            if (!models.ContainsKey(name))
                model.Pool.Configure([]);
        }
    }

    private (ModelPool Pool, CooldownCopy? Cooldowns) Create(string name)
    {
        var pool = new ModelPool(name, _services);
        return (pool, _services.Cooldowns is { } shared ? new CooldownCopy(pool, shared, _services.Time) : null);
    }
}
