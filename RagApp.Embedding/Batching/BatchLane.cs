using System.Diagnostics.CodeAnalysis;
using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Batching;

/// <summary>
/// The texts of one priority on their way to the provider: those that wait, and the calls that were planned and wait for their turn.
/// Tenants take turns. Texts wait until they fill a call, or until the longest wait has passed. Not thread-safe:
/// <see cref="ProviderQueue"/> locks.
/// </summary>
/// <param name="timeIsUp">Called when the longest wait has passed.</param>
internal sealed class BatchLane(BatchLimits limits, TimeProvider time, TimerCallback timeIsUp) : IDisposable
{
    private readonly Lane<WaitingText> _waiting = new(limits.Capacity);
    private readonly Queue<TextBatch> _planned = new();
    private readonly ITimer _timer = time.CreateTimer(timeIsUp, state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    private long _tokens;
    private bool _timeIsUp;

    /// <summary>Number of calls in progress.</summary>
    public int Running { get; set; }

    /// <summary>Number of texts that were not sent yet.</summary>
    public int Count => _waiting.Count + _planned.Sum(batch => batch.Texts.Count);

    /// <summary>True when texts can be sent.</summary>
    public bool IsDue =>
        _planned.Count > 0 || (_waiting.Count > 0 && (_timeIsUp || _waiting.Count >= limits.Texts || _tokens >= limits.Tokens));

    /// <summary>Adds all of <paramref name="texts"/>, or none when there is no room for all.</summary>
    public bool TryAdd(IReadOnlyList<WaitingText> texts)
    {
        if (!_waiting.HasRoomFor(texts.Count))
            return false;
        if (_waiting.Count == 0)
            StartWait();
        foreach (var text in texts)
        {
            _waiting.Add(text);
            _tokens += text.Size;
        }
        return true;
    }

    /// <summary>Removes a text that still waits.</summary>
    public void Remove(WaitingText text)
    {
        if (_waiting.Remove(text))
            _tokens -= text.Size;
    }

    public void EndWait() => _timeIsUp = true;

    /// <summary>Takes the next call, if texts can be sent.</summary>
    /// <param name="calls">Number of calls that can be made now, for which texts are taken together, so that they can be sorted by size.</param>
    public bool TryTake(int calls, [NotNullWhen(true)] out TextBatch? batch)
    {
        while (IsDue)
        {
            if (_planned.Count == 0)
                Plan(calls);
            while (_planned.TryDequeue(out batch))
            {
                if (batch.IsWanted)
                    return true;
                batch.Dispose();
            }
        }
        batch = null;
        return false;
    }

    public void Dispose() => _timer.Dispose();

    private void StartWait()
    {
        _timeIsUp = limits.Wait == TimeSpan.Zero;
        if (!_timeIsUp)
            _timer.Change(limits.Wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes as many texts as the calls hold, and divides them among calls.</summary>
    private void Plan(int calls)
    {
        var taken = new List<WaitingText>();
        long tokens = 0;
        while (taken.Count < calls * limits.Texts
            && _waiting.Peek() is { } next
            && (taken.Count == 0 || tokens + next.Size <= (long)calls * limits.Tokens)
            && _waiting.TryTake(out var text))
        {
            taken.Add(text);
            tokens += text.Size;
        }
        _tokens -= tokens;
        foreach (var batch in BatchPlan.Of(taken, limits))
            _planned.Enqueue(batch);
    }
}
