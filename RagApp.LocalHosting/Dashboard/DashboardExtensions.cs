using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardExtensions
{
    /// <summary>Adds the dashboard unless <c>Dashboard:Enabled</c> is false; without it the services send no telemetry.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetValue("Dashboard:Enabled", true))
            return services;

        var settings = DashboardSettings.From(configuration);
        services.AddSingleton(settings);
        services.AddSingleton(new TelemetryTarget(settings.Otlp.ToString().TrimEnd('/'), settings.OtlpKey));
        services.AddSingleton<ResourceServiceHost>();
        services.AddSingleton<DashboardInstaller>();
        services.AddHostedService<DashboardHost>();
        return services;
    }
}
