namespace RagApp.Ingestion.Processing.Jobs;

internal static class JobsExtensions
{
    /// <summary>Adds the workers, the recovery and the dead letters.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<Telemetry>();
        services.AddSingleton<IngestionJobs>();
        services.AddSingleton<DeadLetterQueue>();
        services.AddSingleton<RecoverySignal>();
        services.AddSingleton<JobRunner>();
        services.AddHostedService<DocumentRecovery>();
        services.AddHostedService<IngestionWorker>();
        return services;
    }
}
