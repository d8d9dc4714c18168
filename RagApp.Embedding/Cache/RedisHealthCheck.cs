using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace RagApp.Embedding.Cache;

/// <summary>Whether the cache answers. Without it everything works, only slower: degraded, never unhealthy.</summary>
internal sealed class RedisHealthCheck(IConnectionMultiplexer redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return HealthCheckResult.Degraded($"The cache does not answer. {exception.Message}");
        }
    }
}
