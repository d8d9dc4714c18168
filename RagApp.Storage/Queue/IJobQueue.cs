namespace RagApp.Storage.Queue;

/// <summary>
/// A job queue with at-least-once delivery. A worker leases a job: when the worker dies, the lease runs out and another worker
/// gets the job, so a job may run twice and must allow that. Tenants take turns, however many jobs each has waiting; interactive
/// jobs come before bulk jobs, which still get a share. Every operation throws <see cref="QueueUnavailableException"/> while the
/// server does not answer.
/// </summary>
public interface IJobQueue
{
    /// <summary>Adds a job, unless one with the same id is waiting or running. A dead letter of this id starts again.</summary>
    Task EnqueueAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Leases the next job that is due; null when there is none.</summary>
    Task<LeasedJob?> LeaseAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Waits until a job may be due, at most <paramref name="atMost"/>; for a worker that found no job.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Extends a lease; false when it has run out, so that another worker may have the job.</summary>
    Task<bool> RenewAsync(LeasedJob job, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Removes a job that is done.</summary>
    Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken);

    /// <summary>Retries a job after a failure that may pass: after a back-off, or not at all when this was the last attempt.</summary>
    /// <returns>
    /// False when this call made the job a dead letter; otherwise true, also when the lease had run out and another worker may
    /// have the job.
    /// </returns>
    Task<bool> RetryAsync(LeasedJob job, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a leased job that has not failed back into the queue: it is due after <paramref name="delay"/>, and the attempt
    /// does not count.
    /// </summary>
    Task ReturnAsync(LeasedJob job, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Moves a job that cannot succeed to the dead letters.</summary>
    Task BuryAsync(LeasedJob job, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// The dead letters of one tenant, or of all with null, newest first. Jobs that change meanwhile may be missed or returned
    /// twice.
    /// </summary>
    IAsyncEnumerable<DeadJob> ListDeadAsync(string? tenant, CancellationToken cancellationToken);

    /// <summary>Puts the job of a dead letter back into its lane, with its attempts counted from 0; false when the job is no dead letter.</summary>
    Task<bool> RequeueAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Removes a dead letter; false when the job is no dead letter.</summary>
    Task<bool> DiscardAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Id of the queue. A changed id means that the queue was lost and is empty: jobs that were waiting must be added again.</summary>
    Task<string> GetIdAsync(CancellationToken cancellationToken);

    Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken);

    Task<QueueBacklog> GetBacklogAsync(string tenant, CancellationToken cancellationToken);
}
