using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RagApp.Embedding.Cache;

/// <summary>The service's connection to Redis. It is made at the first use, and makes itself again when it was lost.</summary>
internal sealed class RedisConnection(ConfigurationOptions configuration, TimeSpan timeout) : IAsyncDisposable
{
    private readonly Lazy<Task<ConnectionMultiplexer>> _connection = new(() => ConnectionMultiplexer.ConnectAsync(configuration));

    public static RedisConnection To(string connectionString, IOptions<CacheOptions> options)
    {
        var configuration = ConfigurationOptions.Parse(connectionString);
        // Start without Redis, and fail at once while it is away: waiting for a cache costs more than doing without.
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = (int)options.Value.Timeout.TotalMilliseconds;
        return new RedisConnection(configuration, options.Value.Timeout);
    }

    /// <exception cref="TimeoutException">The first connection is still under way.</exception>
    public async Task<IDatabase> GetDatabaseAsync(CancellationToken cancellationToken) =>
        (await _connection.Value.WaitAsync(timeout, cancellationToken)).GetDatabase();

    public async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated)
            await (await _connection.Value).DisposeAsync();
    }
}
