using RagApp.Ingestion.Maintenance.Rebuild;
using RagApp.Ingestion.Maintenance.Snapshots;
using RagApp.Ingestion.Maintenance.Sweep;

namespace RagApp.Ingestion.Maintenance;

internal static class MaintenanceExtensions
{
    /// <summary>The verbs, and the socket that the running service takes them on.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services, MaintenanceVerbs verbs)
    {
        services.AddSingleton(verbs);
        foreach (var verb in verbs.Entries)
            services.AddScoped(verb.Type);
        services.AddSingleton<MaintenanceRunner>();
        services.AddHostedService<MaintenanceListener>();
        return services;
    }

    /// <summary>What the verbs of this folder work with, and the sweep's schedule.</summary>
    public static IServiceCollection AddMaintenanceWork(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SweepOptions>().ValidateDataAnnotations().BindConfiguration(SweepOptions.Section);
        services.AddSingleton<TenantList>();
        services.AddSingleton<PathMerge>();
        services.AddSingleton(provider => new Lazy<PathMerge>(provider.GetRequiredService<PathMerge>));
        services.AddSingleton<DocumentSweep>();
        services.AddSingleton<AccessOfToday>();
        services.AddSingleton<SweepTelemetry>();
        services.AddHostedService<SweepSchedule>();
        services.AddSingleton<IndexBuilder>();
        services.AddScoped<PassageVectors>();
        return services;
    }
}
