using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.ServiceDefaults.Health;

/// <summary>
/// Not ready until a service behind this one was used once: the first person waits for nothing that happens only once.
/// It holds this service up for a minute at most, and not at all while the other one is down: what works without it works.
/// The use goes on when a prober gives up waiting; the next one finds it further.
/// </summary>
internal sealed class FirstUseCheck(
    ServiceHealthCheck alive, Func<IServiceProvider, CancellationToken, Task<bool>> use, IServiceProvider services, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Less than any prober waits.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(500);

    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private Task<string?>? _use;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await alive.CheckHealthAsync(context, cancellationToken);
        if (health.Status != HealthStatus.Healthy)
            return health;

        var problem = await WaitAsync(Use(), cancellationToken);
        if (problem is null)
            return health;
        var words = $"{context.Registration.Name} was not used yet: {problem}";
        return IsLate ? HealthCheckResult.Degraded(words) : HealthCheckResult.Unhealthy(words);
    }

    private bool IsLate => time.GetElapsedTime(_start) >= Patience;

    /// <summary>The use that is under way or has succeeded, or another try.</summary>
    private Task<string?> Use()
    {
        lock (_gate)
        {
            if (_use is null || _use is { IsCompleted: true, Result: not null })
                _use = Task.Run(TryUseAsync);
            return _use;
        }
    }

    private async Task<string?> WaitAsync(Task<string?> use, CancellationToken cancellationToken)
    {
        try
        {
            return await use.WaitAsync(Answer, time, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            return "that is under way.";
        }
    }

    /// <summary>Null when it worked, else why it did not.</summary>
    private async Task<string?> TryUseAsync()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            return await use(services, patience.Token) ? null : "it is not ready.";
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }
}
