using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Scheduling;

/// <summary>
/// Two bounded lanes in front of the runners. A question is always taken before bulk work, so it waits for no more
/// than the runs in progress; only when questions never let up does bulk work get one run in <see cref="BulkShare"/>,
/// so that it ends at all.
/// </summary>
internal sealed class RunQueue(IOptions<SchedulingOptions> options) : IDisposable
{
    /// <summary>Of this many runs in a row, one is bulk work even though questions wait.</summary>
    internal const int BulkShare = 16;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly Lane _interactive = new(options.Value.InteractiveCapacity);
    private readonly Lane _bulk = new(options.Value.BulkCapacity);
    private int _bulkPassedOver;

    /// <summary>Takes all of <paramref name="runs"/> or, when the lane has no room for them, none.</summary>
    public bool TryAdd(IReadOnlyList<WaitingRun> runs, EmbeddingPriority priority)
    {
        lock (_lock)
        {
            var lane = LaneOf(priority);
            if (!lane.HasRoomFor(runs.Count))
                return false;
            foreach (var run in runs)
                lane.Add(run);
        }
        if (runs.Count > 0)
            _available.Release(runs.Count);
        return true;
    }

    /// <summary>Waits for the next run; blocks, since a runner has a thread of its own.</summary>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public WaitingRun Take(CancellationToken cancellationToken)
    {
        while (true)
        {
            _available.Wait(cancellationToken);
            lock (_lock)
            {
                // Nothing is there when what was announced has been removed since.
                if (TryTakeNext(out var run))
                    return run;
            }
        }
    }

    /// <summary>Removes those of <paramref name="runs"/> that still wait.</summary>
    public void Remove(IEnumerable<WaitingRun> runs)
    {
        lock (_lock)
        {
            foreach (var run in runs)
                LaneOf(run.Priority).Remove(run);
        }
    }

    /// <summary>Takes everything that waits.</summary>
    public IReadOnlyList<WaitingRun> Drain()
    {
        var waiting = new List<WaitingRun>();
        lock (_lock)
        {
            while (TryTakeNext(out var run))
                waiting.Add(run);
        }
        return waiting;
    }

    public int CountOf(EmbeddingPriority priority)
    {
        lock (_lock)
            return LaneOf(priority).Count;
    }

    public void Dispose() => _available.Dispose();

    private Lane LaneOf(EmbeddingPriority priority) => priority == EmbeddingPriority.Bulk ? _bulk : _interactive;

    private bool TryTakeNext([NotNullWhen(true)] out WaitingRun? run)
    {
        var bulkIsDue = _bulkPassedOver >= BulkShare - 1;
        if (!bulkIsDue && _interactive.TryTake(out run))
        {
            _bulkPassedOver = _bulk.Count > 0 ? _bulkPassedOver + 1 : 0;
            return true;
        }
        _bulkPassedOver = 0;
        return _bulk.TryTake(out run) || _interactive.TryTake(out run);
    }
}
