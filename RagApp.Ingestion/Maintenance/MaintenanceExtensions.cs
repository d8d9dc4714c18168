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
}
