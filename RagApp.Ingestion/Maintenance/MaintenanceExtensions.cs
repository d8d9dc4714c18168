using RagApp.Ingestion.Maintenance.Backups;
using RagApp.Ingestion.Maintenance.Keys;
using RagApp.Ingestion.Maintenance.Rebuild;
using RagApp.Ingestion.Maintenance.Snapshots;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Storage.Backups;

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
        services.AddSingleton<IndexRestore>();
        services.AddSingleton<Sweep.Telemetry>();
        services.AddHostedService<SweepSchedule>();
        services.AddSingleton<IndexBuilder>();
        services.AddScoped<PassageVectors>();
        services.AddScoped<TenantDestruction>();
        return services.AddBackupWork();
    }

    private static IServiceCollection AddBackupWork(this IServiceCollection services)
    {
        services.AddBackups();
        services.AddSingleton<BackupFetch>();
        services.AddSingleton<DrillComparison>();
        services.AddSingleton<DrillSamples>();
        services.AddSingleton<Backups.Telemetry>();
        services.AddHostedService<BackupWatch>();
        return services;
    }
}
