using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackExchange.Redis;

namespace RagApp.Storage.Queue;

public static class JobQueueExtensions
{
    private const string ConnectionName = "redis";

    /// <summary>The job queue on the server that <c>ConnectionStrings:redis</c> names, with its readiness check.</summary>
    public static IServiceCollection AddJobQueue(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<JobQueueOptions, JobQueueOptionsValidator>().BindConfiguration(JobQueueOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IConnectionMultiplexer>(provider => Connect(provider.GetRequiredService<IConfiguration>()));
        services.AddMetrics();
        services.TryAddSingleton<QueueTelemetry>();
        services.TryAddSingleton<IJobQueue, RedisJobQueue>();
        services.AddHostedService<QueueMonitor>();
        services.AddHealthChecks().AddCheck<RedisHealthCheck>(ConnectionName);
        return services;
    }

    /// <summary>The service starts without the server, and again finds one that was away: what needs it fails meanwhile.</summary>
    private static ConnectionMultiplexer Connect(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(ConnectionName);
        if (string.IsNullOrEmpty(text))
            throw new InvalidOperationException($"ConnectionStrings:{ConnectionName} is missing: set it to the address of a Redis server, such as localhost:6379; the AppHost passes it.");
        var options = ConfigurationOptions.Parse(text);
        options.AbortOnConnectFail = false;
        return ConnectionMultiplexer.Connect(options);
    }
}
