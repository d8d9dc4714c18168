using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.ServiceDefaults.Health;

/// <summary>
/// Checks that a service behind this one is alive. When it is down, the state is degraded and not unhealthy: removing this service
/// from traffic too would remove everything that works without the other one.
/// </summary>
internal sealed class ServiceHealthCheck(IHttpClientFactory clients) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var service = context.Registration.Name;
        try
        {
            using var client = clients.CreateClient(nameof(ServiceHealthCheck));
            using var response = await client.GetAsync(new Uri($"http://{service}{HealthExtensions.LivenessPath}"), cancellationToken);
            return response.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"{service} answered {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return HealthCheckResult.Degraded($"{service} does not answer.");
        }
    }
}
