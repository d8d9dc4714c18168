using System.Diagnostics;
using RagApp.Parsing.Child;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Checks every 20 ms the memory, the processor time and the elapsed time of a child that reads a document, and kills
/// the child when one exceeds its limit. On Linux the child's own limits usually act first; elsewhere this is the only
/// limit.
/// </summary>
internal sealed class ParserWatchdog(Process process, ParserLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>The limits; they may change during the watch, because the format is detected only after a while.</summary>
    public ParserLimits Limits { get; set; } = limits;

    /// <summary>The reason for killing the child, or null.</summary>
    public string? Killed { get; private set; }

    /// <summary>Peak memory seen, in bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>Processor time of the child at the last check, including earlier documents.</summary>
    public TimeSpan CpuTime { get; private set; }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => WatchAsync(process.WaitForExitAsync(cancellationToken), cancellationToken);

    /// <summary>Watches until <paramref name="work"/> ends, which must end when the child dies.</summary>
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
        Peak = Math.Max(Peak, Memory()); // includes peaks since the last check
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
            // the child has already ended
        }
    }

    private string? Excess(long started, TimeSpan cpuBefore)
    {
        Peak = Math.Max(Peak, Memory());
        if (time.GetElapsedTime(started) > Limits.WallTime)
            return ParserEnd.TooLong(Limits);
        if (Peak > Limits.MemoryBytes)
            return ParserEnd.TooMuchMemory(Limits);
        // One second above the child's own limit, which acts first and costs less.
        return LookAtCpuTime() - cpuBefore > TimeSpan.FromSeconds(Limits.CpuSeconds + 1) ? ParserEnd.TooMuchCpu(Limits) : null;
    }

    /// <summary>Peak resident memory in bytes, including peaks between two checks; 0 for a process that has just ended.</summary>
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
