using RagApp.Storage.Queue;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>A job queue in memory, for one thread; jobs never become dead letters.</summary>
internal sealed class MemoryQueue : IJobQueue
{
    private readonly Dictionary<string, LeasedJob> _running = new(StringComparer.Ordinal);
    private readonly List<Job> _waiting = [];

    public IEnumerable<Job> Jobs => _waiting.Concat(_running.Values.Select(leased => leased.Job));

    public int Count => _waiting.Count + _running.Count;

    /// <summary>Reason of the last failed attempt of any job.</summary>
    public string LastFailure { get; private set; } = "none";

    /// <summary>Expires the leases of crashed workers, so that their jobs wait again.</summary>
    public void Expire()
    {
        _waiting.AddRange(_running.Values.Select(leased => leased.Job));
        _running.Clear();
    }

    public async Task EnqueueAsync(Job job, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!_running.ContainsKey(job.Id) && _waiting.TrueForAll(waiting => waiting.Id != job.Id))
            _waiting.Add(job);
    }

    public Task<LeasedJob?> LeaseAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
            return Task.FromResult<LeasedJob?>(null);
        var leased = new LeasedJob(_waiting[0], "", 1);
        _waiting.RemoveAt(0);
        _running.Add(leased.Job.Id, leased);
        return Task.FromResult<LeasedJob?>(leased);
    }

    public async Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _running.Remove(job.Job.Id);
    }

    public async Task<bool> RetryAsync(LeasedJob job, string reason, CancellationToken cancellationToken)
    {
        LastFailure = $"{job.Job.Id}: {reason}";
        await ReturnAsync(job, TimeSpan.Zero, cancellationToken);
        return true;
    }

    public async Task ReturnAsync(LeasedJob job, TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (_running.Remove(job.Job.Id))
            _waiting.Add(job.Job);
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> RenewAsync(LeasedJob job, TimeSpan duration, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task BuryAsync(LeasedJob job, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<DeadJob> ListDeadAsync(string? tenant, CancellationToken cancellationToken) => AsyncEnumerable.Empty<DeadJob>();

    public Task<bool> RequeueAsync(Job job, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> DiscardAsync(Job job, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<string> GetIdAsync(CancellationToken cancellationToken) => Task.FromResult("queue");

    public Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new QueueDepth(_waiting.Count, 0, 0, _running.Count, 0, OldestAt: null));

    public Task<QueueBacklog> GetBacklogAsync(string tenant, CancellationToken cancellationToken) => Task.FromResult(new QueueBacklog(_waiting.Count, _waiting.Count));
}
