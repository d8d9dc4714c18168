namespace RagApp.Storage.Queue;

/// <summary>How much work there is.</summary>
/// <param name="Interactive">Waiting, and first to be taken.</param>
/// <param name="Bulk">Waiting behind them.</param>
/// <param name="Delayed">To be tried again later.</param>
/// <param name="Running">Leased to a worker.</param>
/// <param name="Dead">Given up.</param>
/// <param name="OldestAt">When the oldest job that is not done or dead was added; null when there is none.</param>
public sealed record QueueDepth(long Interactive, long Bulk, long Delayed, long Running, long Dead, DateTimeOffset? OldestAt)
{
    public long Waiting => Interactive + Bulk;
}

/// <summary>Jobs that wait or are delayed: what counts against the room in the queue.</summary>
public sealed record QueueBacklog(long Tenant, long Total);
