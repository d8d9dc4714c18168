using System.Diagnostics;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Looks at a child's memory every 20 ms and at the clock, and kills it when it goes over. On Linux the child's
/// own limits mostly come first; elsewhere this is the only bound.
/// </summary>
internal sealed class ParserWatchdog(Process process, ParserOptions options, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Why the child was killed, or null.</summary>
    public string? Killed { get; private set; }

    /// <summary>Most memory that the child was seen to hold, in bytes.</summary>
    public long Peak { get; private set; }

    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        var exit = process.WaitForExitAsync(cancellationToken);
        while (!exit.IsCompleted)
        {
            await Task.WhenAny(exit, timer.WaitForNextTickAsync(cancellationToken).AsTask());
            if (!exit.IsCompleted && Killed is null && Excess(started) is { } excess)
            {
                Killed = excess;
                Kill();
            }
        }
        await exit;
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

    private string? Excess(long started)
    {
        if (time.GetElapsedTime(started) > options.WallTime)
            return $"Reading it took longer than {options.WallTime.TotalSeconds:0} s. Split it into smaller files, or save it in a simpler form such as PDF.";
        Peak = Math.Max(Peak, Memory());
        return Peak > (long)options.MemoryMiB << 20
            ? $"Reading it needs more than {options.MemoryMiB} MiB of memory. Split it into smaller files."
            : null;
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
}
