using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.AppHost.Running;

/// <summary>
/// Checks that every replica of a service answers at <c>/ready</c>. Before the first success, one check retries in short intervals:
/// Aspire's own pauses between checks grow from one second to five, which would delay the start.
/// </summary>
internal sealed class Readiness(EndpointReference endpoint, int replicas, TimeProvider time) : IHealthCheck
{
    /// <summary>Longest time that one check retries before the first success.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Client that opens a new connection for each request, because requests are spread over the replicas by connection.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(5) };

    private bool _wasReady;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var fault = await FindFaultAsync(cancellationToken);
            _wasReady |= fault is null;
            if (fault is null)
                return HealthCheckResult.Healthy("answers at /ready");
            if (_wasReady || time.GetElapsedTime(started) > StartTimeout)
                return HealthCheckResult.Unhealthy(fault);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var replica = 0; replica < replicas; replica++)
            {
                using var answer = await Http.GetAsync(new Uri($"{endpoint.Url}/ready"), cancellationToken);
                if (!answer.IsSuccessStatusCode)
                    return $"/ready answers {(int)answer.StatusCode}";
            }
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return "does not answer at /ready";
        }
    }
}

internal static class ReadinessExtensions
{
    public static IResourceBuilder<ProjectResource> WithReadiness(this IResourceBuilder<ProjectResource> service)
    {
        var key = $"{service.Resource.Name}-ready";
        var readiness = new Lazy<Readiness>(() => new Readiness(service.GetEndpoint("http"), service.Resource.GetReplicaCount(), TimeProvider.System));
        service.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, _ => readiness.Value, HealthStatus.Unhealthy, tags: []));
        return service.WithHealthCheck(key);
    }
}
