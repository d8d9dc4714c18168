using System.Collections.Concurrent;

namespace RagApp.Tests.TestServices;

/// <summary>
/// A clock for tests: pauses (timers of up to five seconds) end at once and advance the clock, and time limits (longer
/// timers) expire only when a test says so.
/// </summary>
internal sealed class QuickTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<ITimer> _limits = [];
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= LongestPause && dueTime > TimeSpan.Zero)
        {
            Interlocked.Add(ref _passed, dueTime.Ticks);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
        var limit = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        _limits.Enqueue(limit);
        return limit;
    }

    /// <summary>Expires every running time limit.</summary>
    public void RunOut()
    {
        while (_limits.TryDequeue(out var limit))
            limit.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
