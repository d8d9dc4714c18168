using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardExtensions
{
    public static IServiceCollection AddDashboard(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = DashboardSettings.From(configuration);
        if (settings.Mode == DashboardMode.Off)
            return services;

        services.AddSingleton(settings);
        services.AddSingleton(new TelemetryTarget(settings.Otlp.ToString().TrimEnd('/'), settings.OtlpKey));
        services.AddSingleton<ResourceServiceHost>();
        services.AddSingleton<DashboardInstaller>();
        services.AddHostedService<DashboardHost>();
        return services;
    }
}
