namespace RagApp.Storage.Queue;

/// <summary>Number of jobs in each state.</summary>
/// <param name="Interactive">Jobs waiting in the interactive lane, which goes first.</param>
/// <param name="Bulk">Jobs waiting in the bulk lane.</param>
/// <param name="Delayed">Jobs that are due later, as after a failure.</param>
/// <param name="Running">Jobs leased to a worker.</param>
/// <param name="Dead">Jobs given up.</param>
/// <param name="OldestAt">Time when the oldest unfinished job was added; null when there is none.</param>
public sealed record QueueDepth(long Interactive, long Bulk, long Delayed, long Running, long Dead, DateTimeOffset? OldestAt)
{
    public long Waiting => Interactive + Bulk;
}

/// <summary>Number of waiting and delayed jobs, of one tenant and of all, which limits on the queue apply to.</summary>
public sealed record QueueBacklog(long Tenant, long Total);
