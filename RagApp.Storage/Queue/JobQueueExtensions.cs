using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.Storage.Queue;

public static class JobQueueExtensions
{
    /// <summary>Registers the job queue, on the Redis connection that the service has registered.</summary>
    public static IServiceCollection AddJobQueue(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<JobQueueOptions>().ValidateDataAnnotations().BindConfiguration(JobQueueOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<Telemetry>();
        services.TryAddSingleton<IJobQueue, RedisJobQueue>();
        services.AddHostedService<QueueMonitor>();
        return services;
    }
}
