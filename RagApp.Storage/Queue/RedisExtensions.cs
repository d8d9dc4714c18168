using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackExchange.Redis;

namespace RagApp.Storage.Queue;

internal static class RedisExtensions
{
    public const string ConnectionName = "redis";

    /// <summary>
    /// Registers a lazy connection to the server in <c>ConnectionStrings:redis</c>, unless the program has one, as services
    /// have from Aspire's client.
    /// </summary>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.TryAddSingleton<IConnectionMultiplexer>(provider => Connect(provider.GetRequiredService<IConfiguration>()));
        return services;
    }

    /// <summary>Connects without failing when the server is away: calls fail until it is back, and the client reconnects by itself.</summary>
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
