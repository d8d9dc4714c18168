using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// The clock of the ledger's server, so that replicas whose own clocks differ use the same windows. The server is asked once a
/// minute; in between its time is advanced by elapsed time, which no change of the local clock affects.
/// </summary>
internal sealed class LedgerClock(IConnectionMultiplexer redis, TimeProvider time) : ILedgerClock
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    private Reading? _reading;

    public async ValueTask<DateTimeOffset> NowAsync()
    {
        var reading = Volatile.Read(ref _reading);
        if (reading is null || time.GetElapsedTime(reading.Timestamp) > Validity)
            Volatile.Write(ref _reading, reading = await ReadAsync(reading));
        return reading.At + time.GetElapsedTime(reading.Timestamp);
    }

    /// <param name="last">Reading to go on with while the server does not answer.</param>
    private async Task<Reading> ReadAsync(Reading? last)
    {
        try
        {
            var parts = (RedisResult[])(await redis.GetDatabase().ExecuteAsync("TIME"))!;
            var micros = (Parse(parts[0]) * 1_000_000) + Parse(parts[1]);
            return new Reading(DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), time.GetTimestamp());
        }
        catch (Exception exception) when (last is not null && RedisFailure.Is(exception))
        {
            return new Reading(last.At + time.GetElapsedTime(last.Timestamp), time.GetTimestamp());
        }
    }

    private static long Parse(RedisResult part) => long.Parse(part.ToString(), CultureInfo.InvariantCulture);

    private sealed record Reading(DateTimeOffset At, long Timestamp);
}

/// <summary>The clock that decides which day and month pay for a call, the same for all replicas.</summary>
internal interface ILedgerClock
{
    ValueTask<DateTimeOffset> NowAsync();
}
