using System.Globalization;
using Microsoft.Extensions.Logging;
using RagApp.Models.Errors;
using StackExchange.Redis;

namespace RagApp.Models.Pool;

/// <summary>
/// Pauses of deployments and keys in Redis: one key per pause, with the cause as its value, that expires with it. While Redis is
/// away each replica goes by what it sees itself.
/// </summary>
/// <param name="connect">Opens the connection, which may take seconds while Redis is away.</param>
internal sealed class SharedCooldowns(Func<IConnectionMultiplexer> connect, TimeProvider time, Telemetry telemetry, ILogger<SharedCooldowns> logger)
{
    private const string Prefix = "ragapp:models:cooldown:";

    /// <summary>Longest wait for Redis; a call to a model does not wait longer for this.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Time without calls to Redis after a failed one.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<IConnectionMultiplexer>? _connection;
    private long _awayUntil;

    /// <summary>Announces a pause to the other replicas, without waiting.</summary>
    public void Announce(string id, ModelError cause, TimeSpan pause) => _ = TryAsync(async database =>
    {
        await database.StringSetAsync(Prefix + id, ((int)cause).ToString(CultureInfo.InvariantCulture), pause);
        return true;
    });

    /// <summary>Running pauses among those of the ids; none when Redis does not answer.</summary>
    public async Task<IReadOnlyList<SharedPause>> ReadAsync(IReadOnlyList<string> ids)
    {
        var read = await TryAsync(database => Task.WhenAll(ids.Select(id => ReadAsync(database, id))));
        return [.. (read ?? []).OfType<SharedPause>()];
    }

    private static async Task<SharedPause?> ReadAsync(IDatabase database, string id)
    {
        var cause = database.StringGetAsync(Prefix + id);
        var left = database.KeyTimeToLiveAsync(Prefix + id);
        return (int?)await cause is { } error && await left is { } pause ? new SharedPause(id, (ModelError)error, pause) : null;
    }

    private Task<IConnectionMultiplexer> ConnectAsync()
    {
        lock (_lock)
            return _connection is null or { IsFaulted: true } ? _connection = Task.Run(connect) : _connection;
    }

    private async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> call)
    {
        if (time.GetTimestamp() < Interlocked.Read(ref _awayUntil))
            return default;
        try
        {
            var connection = ConnectAsync();
            if (!connection.IsCompleted)
                return default; // until the connection is there the replica works alone
            var redis = await connection;
            return await call(redis.GetDatabase()).WaitAsync(Timeout, time);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            telemetry.SharingFailed();
            logger.SharingFailed(exception.GetType().Name, Away);
            Interlocked.Exchange(ref _awayUntil, time.GetTimestamp() + (long)(Away.TotalSeconds * time.TimestampFrequency));
            return default;
        }
    }
}

/// <summary>A pause that a replica announced.</summary>
internal sealed record SharedPause(string Id, ModelError Cause, TimeSpan Left);
