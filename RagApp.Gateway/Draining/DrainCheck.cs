using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.Gateway.Draining;

/// <summary>Makes the gateway unready as soon as it is asked to stop.</summary>
internal sealed class DrainCheck(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.HasBegun ? HealthCheckResult.Unhealthy("The gateway was asked to stop.") : HealthCheckResult.Healthy());
}
