namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// Runs all work of a service on one thread, one step at a time; a step is the code between two awaits. The caller picks the
/// next step among the ready ones, so that the same picks give the same history.
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

    /// <summary>Starts an action; its code runs only when one of its steps is picked.</summary>
    public Task<T> Start<T>(Func<Task<T>> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Runs one of the ready steps.</summary>
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
        SynchronizationContext.SetSynchronizationContext(null); // continuations return to this scheduler instead of the test runner's context
        try
        {
            TryExecuteTask(next);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Runs steps until <paramref name="done"/> is true.</summary>
    /// <param name="afterEach">Check of the state, called after every step.</param>
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

    /// <summary>Removes the ready steps until <see cref="Resume"/>.</summary>
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
