using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.ServiceDefaults.Health;

/// <summary>
/// <c>/health</c> says that the process is alive and never looks at anything else, so that a slow dependency
/// gets nobody restarted; <c>/ready</c> says that its dependencies answer, so that traffic waits.
/// </summary>
public static class HealthExtensions
{
    internal const string LivenessPath = "/health";
    internal const string ReadinessPath = "/ready";

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

    internal static void MapDefaultHealthChecks(this WebApplication app)
    {
        app.MapHealthChecks(LivenessPath, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks(ReadinessPath).AllowAnonymous();
    }
}
