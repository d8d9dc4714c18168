using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Tests.Conformance;

/// <summary>
/// Model of the jobs in a queue, without their order. The queue chooses the next job to lease, and the model checks that the
/// choice was permitted. Due jobs and jobs with an expired lease become available only when a worker asks for a job.
/// </summary>
internal sealed class JobQueueModel(int maxAttempts, TimeProvider time)
{
    private readonly Dictionary<string, Entry> _jobs = new(StringComparer.Ordinal);

    /// <summary>Number of jobs that the tenant <c>Served</c> received while the tenant <c>Waits</c> was waiting for its turn.</summary>
    private readonly Dictionary<(JobPriority Lane, string Waits, string Served), int> _served = [];

    private int _interactiveBeforeBulk;

    private enum State { Waiting, Delayed, Running, Dead }

    public IEnumerable<Job> Dead => In(State.Dead).Select(entry => entry.Job);

    public int Unfinished => _jobs.Count - In(State.Dead).Count();

    public QueueDepth Depth => new(
        WaitingIn(JobPriority.Interactive).Count(), WaitingIn(JobPriority.Bulk).Count(),
        In(State.Delayed).Count(), In(State.Running).Count(), In(State.Dead).Count(),
        _jobs.Values.Where(entry => entry.State != State.Dead).Min(entry => (DateTimeOffset?)entry.AddedAt));

    private DateTimeOffset Now => time.GetUtcNow();

    public QueueBacklog BacklogOf(string tenant)
    {
        var backlog = In(State.Waiting).Concat(In(State.Delayed)).ToList();
        return new QueueBacklog(backlog.Count(entry => entry.Job.Tenant == tenant), backlog.Count);
    }

    public void Enqueue(Job job)
    {
        if (!_jobs.TryGetValue(job.Id, out var known) || known.State == State.Dead)
            _jobs[job.Id] = new Entry(job) { AddedAt = Now };
    }

    public bool Requeue(Job job)
    {
        if (!IsDead(job))
            return false;
        _jobs[job.Id] = new Entry(_jobs[job.Id].Job) { AddedAt = Now };
        return true;
    }

    public bool Discard(Job job) => IsDead(job) && _jobs.Remove(job.Id);

    public bool Renew(LeasedJob lease, TimeSpan duration)
    {
        if (HeldBy(lease) is not { } entry)
            return false;
        entry.Until = Now + duration;
        return true;
    }

    public void Complete(LeasedJob lease)
    {
        if (HeldBy(lease) is not null)
            _jobs.Remove(lease.Job.Id);
    }

    public bool Retry(LeasedJob lease, TimeSpan delay)
    {
        if (HeldBy(lease) is not { } entry)
            return true;
        entry.LetGo(entry.Attempts < maxAttempts ? State.Delayed : State.Dead, Now + delay);
        return entry.State == State.Delayed;
    }

    public void Return(LeasedJob lease, TimeSpan delay)
    {
        if (HeldBy(lease) is not { } entry)
            return;
        entry.Attempts--;
        entry.LetGo(delay > TimeSpan.Zero ? State.Delayed : State.Waiting, Now + delay);
    }

    public void Bury(LeasedJob lease) => HeldBy(lease)?.LetGo(State.Dead, Now);

    /// <summary>
    /// Checks the queue's choice: it returns a job if one is waiting, from the lane whose turn it is, and serves no tenant
    /// twice while another waits.
    /// </summary>
    public void Leased(LeasedJob? lease, TimeSpan duration)
    {
        ComeBack();
        if (lease is null)
        {
            In(State.Waiting).ShouldBeEmpty();
            return;
        }
        var entry = _jobs.GetValueOrDefault(lease.Job.Id).ShouldNotBeNull();
        entry.State.ShouldBe(State.Waiting);
        lease.Job.ShouldBe(entry.Job);
        lease.Job.Priority.ShouldBe(NextLane());
        CountTurn(lease.Job);
        entry.Hold(lease.Token, Now + duration);
        lease.Attempt.ShouldBe(entry.Attempts);
    }

    private void ComeBack()
    {
        foreach (var entry in In(State.Delayed).Concat(In(State.Running)).Where(entry => entry.Until <= Now).ToList())
            entry.LetGo(entry.State == State.Running && entry.Attempts >= maxAttempts ? State.Dead : State.Waiting, Now);
    }

    private JobPriority NextLane()
    {
        if (!WaitingIn(JobPriority.Bulk).Any())
            return JobPriority.Interactive;
        if (WaitingIn(JobPriority.Interactive).Any() && ++_interactiveBeforeBulk <= RedisJobQueue.InteractivePerBulk)
            return JobPriority.Interactive;
        _interactiveBeforeBulk = 0;
        return JobPriority.Bulk;
    }

    private void CountTurn(Job job)
    {
        foreach (var waits in WaitingIn(job.Priority).Select(entry => entry.Job.Tenant).Distinct().Where(tenant => tenant != job.Tenant).ToList())
        {
            var turns = _served[(job.Priority, waits, job.Tenant)] = _served.GetValueOrDefault((job.Priority, waits, job.Tenant)) + 1;
            turns.ShouldBeLessThanOrEqualTo(1, $"{job.Tenant} was served again while {waits} waited");
        }
        foreach (var key in _served.Keys.Where(key => key.Lane == job.Priority && key.Waits == job.Tenant).ToList())
            _served.Remove(key);
    }

    private bool IsDead(Job job) => _jobs.GetValueOrDefault(job.Id) is { State: State.Dead };

    private Entry? HeldBy(LeasedJob lease) => _jobs.GetValueOrDefault(lease.Job.Id) is { } entry && entry.Token == lease.Token ? entry : null;

    private IEnumerable<Entry> In(State state) => _jobs.Values.Where(entry => entry.State == state);

    private IEnumerable<Entry> WaitingIn(JobPriority lane) => In(State.Waiting).Where(entry => entry.Job.Priority == lane);

    private sealed class Entry(Job job)
    {
        public Job Job => job;

        public State State { get; private set; }

        public required DateTimeOffset AddedAt { get; init; }

        /// <summary>Time at which a delayed job is due, or the lease of a running job expires.</summary>
        public DateTimeOffset Until { get; set; }

        public string? Token { get; private set; }

        public int Attempts { get; set; }

        public void Hold(string token, DateTimeOffset until) => (State, Token, Until, Attempts) = (State.Running, token, until, Attempts + 1);

        public void LetGo(State state, DateTimeOffset until) => (State, Token, Until) = (state, null, until);
    }
}
