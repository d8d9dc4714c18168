using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Batching;

/// <summary>
/// Two bounded lanes in front of a provider's model. Questions go before bulk work and have a call left to them, so that a question
/// does not wait for bulk work. While questions never stop, bulk work gets one call in <see cref="BulkShare"/>, so that it still
/// ends.
/// </summary>
internal sealed class ProviderQueue : IDisposable
{
    /// <summary>One of this many calls in a row is bulk work, even while questions wait.</summary>
    internal const int BulkShare = 16;

    private readonly Lock _lock = new();
    private readonly BatchLimits _limits;
    private readonly Func<TextBatch, Task> _call;
    private readonly BatchLane _interactive;
    private readonly BatchLane _bulk;
    private int _bulkPassedOver;

    /// <param name="call">Makes one call to the provider; it completes every text of the batch, and never throws.</param>
    public ProviderQueue(BatchLimits limits, TimeProvider time, Func<TextBatch, Task> call)
    {
        _limits = limits;
        _call = call;
        _interactive = new BatchLane(limits, time, _ => EndWait(EmbeddingPriority.Interactive));
        _bulk = new BatchLane(limits, time, _ => EndWait(EmbeddingPriority.Bulk));
    }

    /// <summary>Adds all of <paramref name="texts"/>, or none when their lane has no room for all.</summary>
    public bool TryAdd(IReadOnlyList<WaitingText> texts, EmbeddingPriority priority)
    {
        lock (_lock)
        {
            if (!LaneOf(priority).TryAdd(texts))
                return false;
        }
        Send();
        return true;
    }

    /// <summary>Cancels texts: those that wait are removed, and a call none of whose texts is wanted any more ends.</summary>
    public void Cancel(IReadOnlyList<WaitingText> texts, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var text in texts)
                LaneOf(priority).Remove(text);
        }
        foreach (var text in texts)
            text.Cancel(cancellationToken);
        foreach (var batch in texts.Select(text => text.Batch).OfType<TextBatch>().Distinct())
            batch.CancelIfUnwanted();
    }

    /// <summary>Number of texts that were not sent yet.</summary>
    public int CountOf(EmbeddingPriority priority)
    {
        lock (_lock)
            return LaneOf(priority).Count;
    }

    public void Dispose()
    {
        _interactive.Dispose();
        _bulk.Dispose();
    }

    private BatchLane LaneOf(EmbeddingPriority priority) => priority == EmbeddingPriority.Bulk ? _bulk : _interactive;

    private void EndWait(EmbeddingPriority priority)
    {
        lock (_lock)
            LaneOf(priority).EndWait();
        Send();
    }

    /// <summary>Sends every call that can be made now.</summary>
    private void Send()
    {
        while (TakeNext() is (var batch, var lane))
        {
            // A call belongs to several requests: it does not inherit the span of the one that happens to complete the batch.
            using (ExecutionContext.SuppressFlow())
                _ = Task.Run(() => SendAsync(batch, lane));
        }
    }

    private async Task SendAsync(TextBatch batch, BatchLane lane)
    {
        using (batch)
            await _call(batch);
        lock (_lock)
            lane.Running--;
        Send();
    }

    private (TextBatch Batch, BatchLane Lane)? TakeNext()
    {
        lock (_lock)
        {
            var free = _limits.Calls - _interactive.Running - _bulk.Running;
            var freeForBulk = Math.Min(free, _limits.BulkCalls - _bulk.Running);
            var bulkFirst = _bulkPassedOver >= BulkShare - 1;
            if (!bulkFirst && TryTake(_interactive, free) is { } question)
            {
                _bulkPassedOver = _bulk.IsDue ? _bulkPassedOver + 1 : 0;
                return (question, _interactive);
            }
            if (TryTake(_bulk, freeForBulk) is { } bulk)
            {
                _bulkPassedOver = 0;
                return (bulk, _bulk);
            }
            return bulkFirst && TryTake(_interactive, free) is { } other ? (other, _interactive) : null;
        }
    }

    private static TextBatch? TryTake(BatchLane lane, int calls)
    {
        if (calls <= 0 || !lane.TryTake(calls, out var batch))
            return null;
        lane.Running++;
        return batch;
    }
}
