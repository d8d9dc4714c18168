using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Scheduling;

/// <summary>
/// Two bounded lanes in front of the runners. Questions go before bulk work, so that a question waits at most for the runs
/// in progress. While questions never stop, bulk work gets one run in <see cref="BulkShare"/>, so that it still ends.
/// </summary>
internal sealed class RunQueue(IOptions<SchedulingOptions> options) : IDisposable
{
    /// <summary>One of this many runs in a row is bulk work, even while questions wait.</summary>
    internal const int BulkShare = 16;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly SemaphoreSlim _questions = new(0);
    private readonly Lane<WaitingRun> _interactive = new(options.Value.InteractiveCapacity);
    private readonly Lane<WaitingRun> _bulk = new(options.Value.BulkCapacity);
    private int _bulkPassedOver;

    /// <summary>Adds all of <paramref name="runs"/>, or none when the lane has no room for all.</summary>
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
        if (runs.Count > 0 && priority == EmbeddingPriority.Interactive)
            _questions.Release(runs.Count);
        return true;
    }

    /// <summary>Takes the next run; blocks until there is one, since every runner has a thread of its own.</summary>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public WaitingRun Take(CancellationToken cancellationToken)
    {
        while (true)
        {
            _available.Wait(cancellationToken);
            lock (_lock)
            {
                // The queue is empty when the announced run has been taken or removed since.
                if (TryTakeNext(out var run))
                    return run;
            }
        }
    }

    /// <summary>Takes the next question's run, as <see cref="Take"/> does.</summary>
    /// <exception cref="OperationCanceledException">The service stops.</exception>
    public WaitingRun TakeQuestion(CancellationToken cancellationToken)
    {
        while (true)
        {
            _questions.Wait(cancellationToken);
            lock (_lock)
            {
                // Another runner may have taken the announced run.
                if (_interactive.TryTake(out var run))
                    return run;
            }
        }
    }

    /// <summary>Removes the <paramref name="runs"/> that still wait.</summary>
    public void Remove(IEnumerable<WaitingRun> runs)
    {
        lock (_lock)
        {
            foreach (var run in runs)
                LaneOf(run.Priority).Remove(run);
        }
    }

    /// <summary>Removes and returns all waiting runs.</summary>
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

    public void Dispose()
    {
        _available.Dispose();
        _questions.Dispose();
    }

    private Lane<WaitingRun> LaneOf(EmbeddingPriority priority) => priority == EmbeddingPriority.Bulk ? _bulk : _interactive;

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
