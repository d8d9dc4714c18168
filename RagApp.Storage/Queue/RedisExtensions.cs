using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackExchange.Redis;

namespace RagApp.Storage.Queue;

internal static class RedisExtensions
{
    public const string ConnectionName = "redis";

    /// <summary>For programs that are no services, which have Aspire's client: a connection to the server that <c>ConnectionStrings:redis</c> names, made when it is first used.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.TryAddSingleton<IConnectionMultiplexer>(provider => Connect(provider.GetRequiredService<IConfiguration>()));
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
