namespace RagApp.Storage.Queue;

/// <summary>
/// Work that must happen at least once. A job is leased, not taken: when its worker dies the lease runs out
/// and somebody else gets it, so a job may run twice and is written to allow that. Tenants take turns, however
/// much each has waiting; interactive jobs come before bulk ones, which still get a share. Every operation throws
/// <see cref="QueueUnavailableException"/> while the server does not answer.
/// </summary>
public interface IJobQueue
{
    /// <summary>Adds a job; one with the same id that is waiting or running is not added again. A dead one starts afresh.</summary>
    Task EnqueueAsync(Job job, CancellationToken cancellationToken);

    /// <summary>The next job that is due, or null.</summary>
    Task<LeasedJob?> LeaseAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Returns when a job may have become due, at the latest after <paramref name="atMost"/>; for a worker that found none.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Keeps a lease alive; false when it has run out and the job is somebody else's.</summary>
    Task<bool> RenewAsync(LeasedJob job, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Ends a job that is done.</summary>
    Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken);

    /// <summary>Gives a job back after a failure that may pass: it is due again after a back-off, or dead after the last attempt.</summary>
    /// <returns>Whether it will be tried again; true as well when the lease had run out, as then somebody else tries it.</returns>
    Task<bool> RetryAsync(LeasedJob job, string reason, CancellationToken cancellationToken);

    /// <summary>Gives a job back that nothing is wrong with: it is due after <paramref name="delay"/>, and the attempt does not count.</summary>
    Task ReturnAsync(LeasedJob job, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Moves a job that cannot succeed to the dead letters.</summary>
    Task BuryAsync(LeasedJob job, string reason, CancellationToken cancellationToken);

    /// <summary>The dead letters of one tenant or, with null, of all, newest first. What changes meanwhile may be missed or come twice.</summary>
    IAsyncEnumerable<DeadJob> ListDeadAsync(string? tenant, CancellationToken cancellationToken);

    /// <summary>Puts a dead job back into its lane with all its attempts; false when it is not dead.</summary>
    Task<bool> RequeueAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Forgets a dead job; false when it is not dead.</summary>
    Task<bool> DiscardAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Names the queue. Another name means that it was lost and began anew: what waited in it must be added again.</summary>
    Task<string> GetIdAsync(CancellationToken cancellationToken);

    Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken);

    Task<QueueBacklog> GetBacklogAsync(string tenant, CancellationToken cancellationToken);
}
