using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.ServiceDefaults.Health;

/// <summary>
/// Keeps this service unready until it has used a service behind it once, as a warm-up, so that no person waits for work that
/// happens once. It delays readiness for at most a minute, and not while the other service is down. The warm-up goes on when a
/// prober stops waiting; the next probe sees its progress.
/// </summary>
internal sealed class FirstUseCheck(
    ServiceHealthCheck alive, Func<IServiceProvider, CancellationToken, Task<bool>> use, IServiceProvider services, TimeProvider time) : IHealthCheck
{
    /// <summary>Longest time that a missing warm-up delays readiness; one try of it takes no longer either.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait of one check; shorter than the time limit of any prober.</summary>
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromMilliseconds(500);

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

    private bool IsLate => time.GetElapsedTime(_start) >= GracePeriod;

    /// <summary>Returns the warm-up in progress or completed; starts a new one when the last one failed.</summary>
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
            return await use.WaitAsync(CheckTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            return "that is under way.";
        }
    }

    /// <summary>Runs the warm-up; returns null when it succeeded, else the reason.</summary>
    private async Task<string?> TryUseAsync()
    {
        using var deadline = new CancellationTokenSource(GracePeriod, time);
        try
        {
            return await use(services, deadline.Token) ? null : "it is not ready.";
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }
}
