using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.Storage.Queue;

public static class JobQueueExtensions
{
    /// <summary>The job queue on the Redis server whose connection the service has registered.</summary>
    public static IServiceCollection AddJobQueue(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<JobQueueOptions>().ValidateDataAnnotations().BindConfiguration(JobQueueOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<QueueTelemetry>();
        services.TryAddSingleton<IJobQueue, RedisJobQueue>();
        services.AddHostedService<QueueMonitor>();
        return services;
    }
}
