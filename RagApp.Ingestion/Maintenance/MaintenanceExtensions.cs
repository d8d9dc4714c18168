using RagApp.Ingestion.Maintenance.Rebuild;
using RagApp.Ingestion.Maintenance.Snapshots;
using RagApp.Ingestion.Maintenance.Sweep;

namespace RagApp.Ingestion.Maintenance;

internal static class MaintenanceExtensions
{
    /// <summary>Adds the verbs, and the socket on which the running service takes them.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services, MaintenanceVerbs verbs)
    {
        services.AddSingleton(verbs);
        foreach (var verb in verbs.Entries)
            services.AddScoped(verb.Type);
        services.AddSingleton<MaintenanceRunner>();
        services.AddHostedService<MaintenanceListener>();
        return services;
    }

    /// <summary>Adds the services that the verbs of this folder use, and the schedule of the sweep.</summary>
    public static IServiceCollection AddMaintenanceWork(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SweepOptions>().ValidateDataAnnotations().BindConfiguration(SweepOptions.Section);
        services.AddSingleton<TenantList>();
        services.AddSingleton<PathMerge>();
        services.AddSingleton(provider => new Lazy<PathMerge>(provider.GetRequiredService<PathMerge>));
        services.AddSingleton<DocumentSweep>();
        services.AddSingleton<AccessOfToday>();
        services.AddSingleton<Telemetry>();
        services.AddHostedService<SweepSchedule>();
        services.AddSingleton<IndexBuilder>();
        services.AddScoped<PassageVectors>();
        return services;
    }
}
