using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

internal static class LocalRunExtensions
{
    public static IServiceCollection AddLocalRun(this IServiceCollection services, IConfiguration configuration)
    {
        // Children get 35 s each to end, in as many rounds as the longest chain of dependencies.
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMinutes(3));
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ConsoleOutput.OfThisProcess);
        services.AddSingleton<ResourceStore>();
        services.AddSingleton<InstanceRegistry>();
        services.AddSingleton<ProcessReaper>();
        services.AddSingleton(p => new HealthProbe(new HttpClient { Timeout = TimeSpan.FromSeconds(5) }, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new ChildEnvironment(p.GetRequiredService<DistributedApplicationModel>(), p.GetService<TelemetryTarget>()));
        services.AddSingleton<RunServices>();

        // The dashboard starts before the projects and ends after them.
        services.AddDashboard(configuration);
        services.AddHostedService<LocalRunner>();
        return services;
    }
}
