using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.ServiceDefaults.Health;

/// <summary>
/// Not ready until a service behind this one was used once: the first person waits for nothing that happens only once.
/// It holds this service up for a minute at most, and not at all while the other one is down: what works without it works.
/// </summary>
internal sealed class FirstUseCheck(
    ServiceHealthCheck alive, Func<IServiceProvider, CancellationToken, Task<bool>> use, IServiceProvider services, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly long _start = time.GetTimestamp();
    private volatile bool _used;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await alive.CheckHealthAsync(context, cancellationToken);
        if (_used || health.Status != HealthStatus.Healthy)
            return health;

        var problem = await TryUseAsync(cancellationToken);
        _used = problem is null;
        if (problem is null)
            return health;
        var words = $"{context.Registration.Name} was not used yet: {problem}";
        return time.GetElapsedTime(_start) < Patience ? HealthCheckResult.Unhealthy(words) : HealthCheckResult.Degraded(words);
    }

    /// <summary>Null when it worked, else why it did not.</summary>
    private async Task<string?> TryUseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await use(services, cancellationToken) ? null : "it is not ready.";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception.Message;
        }
    }
}
