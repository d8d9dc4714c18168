using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.Storage.Queue;

public static class JobQueueExtensions
{
    /// <summary>The job queue on the server that <c>ConnectionStrings:redis</c> names, with its readiness check.</summary>
    public static IServiceCollection AddJobQueue(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<JobQueueOptions>().ValidateDataAnnotations().BindConfiguration(JobQueueOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddRedis();
        services.AddMetrics();
        services.TryAddSingleton<QueueTelemetry>();
        services.TryAddSingleton<IJobQueue, RedisJobQueue>();
        services.AddHostedService<QueueMonitor>();
        services.AddHealthChecks().AddCheck<RedisHealthCheck>(RedisExtensions.ConnectionName);
        return services;
    }
}
