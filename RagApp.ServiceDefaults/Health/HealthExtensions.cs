using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.ServiceDefaults.Health;

/// <summary>
/// <c>/health</c> says that the process is alive and never looks at anything else, so that a slow dependency
/// gets nobody restarted; <c>/ready</c> says that its dependencies answer, so that traffic waits.
/// </summary>
public static class HealthExtensions
{
    public const string LivenessPath = "/health";
    public const string ReadinessPath = "/ready";

    /// <summary>The paths that orchestrators and monitoring ask for. No trace begins with them.</summary>
    internal static readonly string[] ProbePaths = [LivenessPath, ReadinessPath, "/alive", "/metrics"];

    internal static IServiceCollection AddDefaultHealthChecks(this IServiceCollection services)
    {
        services.AddHealthChecks();
        return services;
    }

    /// <summary>Makes <c>/ready</c> say when a service behind this one, by its AppHost name, does not answer within 2 s.</summary>
    public static IServiceCollection AddServiceHealthCheck(this IServiceCollection services, string service)
    {
        services.AddHttpClient(nameof(ServiceHealthCheck));
        services.AddHealthChecks().AddCheck<ServiceHealthCheck>(
            service, HealthStatus.Degraded, tags: [], timeout: TimeSpan.FromSeconds(2));
        return services;
    }

    /// <summary>
    /// The same, and once it answers <c>/ready</c> waits for the first use, see <see cref="FirstUseCheck"/>.
    /// </summary>
    /// <param name="use">Uses it as the first request would; false when that did not work yet.</param>
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

    /// <summary>Whether a service behind this one, by its AppHost name, says that it is ready.</summary>
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
