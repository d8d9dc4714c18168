using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.ServiceDefaults.Health;

/// <summary>
/// Health endpoints. <c>/health</c> says that the process is alive and checks nothing else, so that a slow dependency causes no
/// restart. <c>/ready</c> says that the dependencies answer, so that traffic waits until they do.
/// </summary>
public static class HealthExtensions
{
    public const string LivenessPath = "/health";
    public const string ReadinessPath = "/ready";

    /// <summary>Paths that orchestrators and monitoring request; no trace begins with them.</summary>
    internal static readonly string[] ProbePaths = [LivenessPath, ReadinessPath, "/alive", "/metrics"];

    internal static IServiceCollection AddDefaultHealthChecks(this IServiceCollection services)
    {
        services.AddHealthChecks();
        return services;
    }

    /// <summary>Adds a check to <c>/ready</c> that a service behind this one, given by its AppHost name, answers within 2 s.</summary>
    public static IServiceCollection AddServiceHealthCheck(this IServiceCollection services, string service)
    {
        services.AddHttpClient(nameof(ServiceHealthCheck));
        services.AddHealthChecks().AddCheck<ServiceHealthCheck>(
            service, HealthStatus.Degraded, tags: [], timeout: TimeSpan.FromSeconds(2));
        return services;
    }

    /// <summary>
    /// Adds the same check; once the service answers, <c>/ready</c> also waits for the warm-up, see <see cref="FirstUseCheck"/>.
    /// </summary>
    /// <param name="use">Warm-up that uses the service like a first request; false when it did not succeed yet.</param>
    public static IServiceCollection AddServiceHealthCheck(
        this IServiceCollection services, string service, Func<IServiceProvider, CancellationToken, Task<bool>> use)
    {
        services.AddHttpClient(nameof(ServiceHealthCheck));
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(service, (provider, _) => ActivatorUtilities.CreateInstance<FirstUseCheck>(
            provider, ActivatorUtilities.CreateInstance<ServiceHealthCheck>(provider), use));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            service, provider => provider.GetRequiredKeyedService<FirstUseCheck>(service), HealthStatus.Degraded, tags: [], timeout: TimeSpan.FromSeconds(5)));
        return services;
    }

    /// <summary>True when a service behind this one, given by its AppHost name, reports that it is ready.</summary>
    public static async Task<bool> IsReadyAsync(IServiceProvider services, string service, CancellationToken cancellationToken)
    {
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(ServiceHealthCheck));
        using var response = await client.GetAsync(new Uri($"http://{service}{ReadinessPath}"), cancellationToken);
        return response.IsSuccessStatusCode;
    }

    internal static void MapDefaultHealthChecks(this WebApplication app)
    {
        app.MapHealthChecks(LivenessPath, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks(ReadinessPath).AllowAnonymous();
    }
}
