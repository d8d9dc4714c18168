using System.Diagnostics;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Looks every 20 ms at the memory, the processor time and the clock of a child that reads a document, and kills
/// it when it goes over. On Linux the child's own limits mostly come first; elsewhere this is the only bound.
/// </summary>
internal sealed class ParserWatchdog(Process process, ParserLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>May change while it watches: the format is known only after a while.</summary>
    public ParserLimits Limits { get; set; } = limits;

    /// <summary>Why the child was killed, or null.</summary>
    public string? Killed { get; private set; }

    /// <summary>Most memory that the child was seen to hold, in bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>Processor time of the child, earlier documents included, when it was last looked at.</summary>
    public TimeSpan CpuTime { get; private set; }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => WatchAsync(process.WaitForExitAsync(cancellationToken), cancellationToken);

    /// <summary>Watches until <paramref name="work"/> ends, which the death of the child must bring about.</summary>
    public async Task WatchAsync(Task work, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var cpuBefore = LookAtCpuTime();
        using var timer = new PeriodicTimer(Interval, time);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, timer.WaitForNextTickAsync(cancellationToken).AsTask());
            if (!work.IsCompleted && Killed is null && Excess(started, cpuBefore) is { } excess)
            {
                Killed = excess;
                Kill();
            }
        }
        Peak = Math.Max(Peak, Memory()); // at its highest also since the last look
        await work;
    }

    public void Kill()
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it ended by itself in between
        }
    }

    private string? Excess(long started, TimeSpan cpuBefore)
    {
        Peak = Math.Max(Peak, Memory());
        if (time.GetElapsedTime(started) > Limits.WallTime)
            return ParserEnd.TooLong(Limits);
        if (Peak > Limits.MemoryBytes)
            return ParserEnd.TooMuchMemory(Limits);
        // A second later than the child's own limit, which says so more cheaply.
        return LookAtCpuTime() - cpuBefore > TimeSpan.FromSeconds(Limits.CpuSeconds + 1) ? ParserEnd.TooMuchCpu(Limits) : null;
    }

    /// <summary>Resident bytes at their highest, also between two looks; 0 for a process that has just ended.</summary>
    private long Memory()
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private TimeSpan LookAtCpuTime()
    {
        try
        {
            return CpuTime = process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return CpuTime;
        }
    }
}
