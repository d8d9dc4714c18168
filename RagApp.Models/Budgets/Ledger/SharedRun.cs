namespace RagApp.Models.Budgets.Ledger;

/// <summary>Runs a piece of work once at a time: who asks while it runs waits for the run in progress.</summary>
internal sealed class SharedRun(Func<Task> work)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    public Task RunAsync()
    {
        lock (_lock)
        {
            if (_running.IsCompleted)
                _running = Task.Run(work);
            return _running;
        }
    }
}
