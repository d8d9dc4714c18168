namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// Runs everything that a service does on one thread, one step at a time: a step goes from one wait to the next. The caller
/// picks which of the steps that could go on does, so that the same picks give the same history.
/// </summary>
internal sealed class StepScheduler : TaskScheduler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly List<Task> _ready = [];
    private readonly SemaphoreSlim _arrivals = new(0);

    public int Ready
    {
        get
        {
            lock (_gate)
                return _ready.Count;
        }
    }

    /// <summary>Begins something; it does nothing before a step of it is picked.</summary>
    public Task<T> Start<T>(Func<Task<T>> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Does one of the steps that could go on.</summary>
    public void Step(Func<int, int> pick)
    {
        Task next;
        lock (_gate)
        {
            var at = pick(_ready.Count);
            next = _ready[at];
            _ready.RemoveAt(at);
        }
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null); // what waits comes back here, and not to the test runner
        try
        {
            TryExecuteTask(next);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Steps until something is done.</summary>
    /// <param name="afterEach">Looks at the state after every step.</param>
    public void RunUntil(Func<bool> done, Func<int, int> pick, Action afterEach)
    {
        while (!done())
        {
            if (Ready == 0 && !_arrivals.Wait(Patience))
                throw new TimeoutException("Nothing can go on: two wait for each other.");
            if (Ready == 0)
                continue;
            Step(pick);
            afterEach();
        }
    }

    /// <summary>Takes those that could go on out of the way, until <see cref="Resume"/>.</summary>
    public IReadOnlyList<Task> Suspend()
    {
        lock (_gate)
        {
            Task[] suspended = [.. _ready];
            _ready.Clear();
            return suspended;
        }
    }

    public void Resume(IReadOnlyList<Task> suspended)
    {
        foreach (var task in suspended)
            QueueTask(task);
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
            _ready.Add(task);
        _arrivals.Release();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _ready];
    }
}
