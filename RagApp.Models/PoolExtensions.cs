using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Http;
using StackExchange.Redis;

namespace RagApp.Models;

internal static class PoolExtensions
{
    private const string RedisName = "redis";

    /// <summary>
    /// Registers what pools of every kind of model need. Replicas share the pauses of deployments when <c>ConnectionStrings:redis</c> is
    /// set.
    /// </summary>
    public static IServiceCollection AddPoolServices(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<Telemetry>();
        services.TryAddSingleton<ProviderConnections>();
        services.AddOptionsWithValidateOnStart<PoolOptions>().ValidateDataAnnotations().BindConfiguration(PoolOptions.Section);
        if (configuration.GetConnectionString(RedisName) is { Length: > 0 } redis)
        {
            services.TryAddSingleton<IConnectionMultiplexer>(_ => Connect(redis));
            services.TryAddSingleton(provider => new SharedCooldowns(
                provider.GetRequiredService<IConnectionMultiplexer>, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<Telemetry>(), provider.GetRequiredService<ILogger<SharedCooldowns>>()));
        }
        services.TryAddSingleton(provider => new PoolServices(
            provider.GetRequiredService<IOptionsMonitor<PoolOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Telemetry>(), provider.GetRequiredService<ILogger<DeploymentPool>>(), provider.GetService<SharedCooldowns>()));
        return services;
    }

    /// <summary>Connects without failing when the server is away: calls fail until it is back, and the client reconnects by itself.</summary>
    private static ConnectionMultiplexer Connect(string redis)
    {
        var options = ConfigurationOptions.Parse(redis);
        options.AbortOnConnectFail = false;
        return ConnectionMultiplexer.Connect(options);
    }
}
