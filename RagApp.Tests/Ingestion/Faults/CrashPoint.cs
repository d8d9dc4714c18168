namespace RagApp.Tests.Ingestion.Faults;

/// <summary>
/// The moment at which a service crashes: after a given number of writes, counted over all of its stores. After that moment
/// nothing that the service does has any effect, as if its process had been killed between two writes.
/// </summary>
internal sealed class CrashPoint
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = int.MaxValue;

    /// <summary>Completes when the service has crashed.</summary>
    public Task Crashed => _crashed.Task;

    public bool IsReached => _crashed.Task.IsCompleted;

    /// <summary>Name of the last write that took effect.</summary>
    public string LastWrite { get; private set; } = "nothing";

    /// <summary>Crashes the service after <paramref name="writes"/> more writes; with 0, the next write crashes it and has no effect.</summary>
    public void Arm(int writes)
    {
        lock (_lock)
            _left = writes;
    }

    /// <exception cref="CrashedException">The service has crashed.</exception>
    public void Enter(bool write)
    {
        lock (_lock)
        {
            if (write && _left <= 0)
                _crashed.TrySetResult();
            ThrowIfReached();
        }
    }

    /// <summary>Counts a write that took effect. When this write causes the crash, its caller gets an exception instead of the result.</summary>
    public void Written(string what)
    {
        lock (_lock)
        {
            ThrowIfReached();
            LastWrite = what;
            if (_left != int.MaxValue && --_left <= 0)
                _crashed.TrySetResult();
            ThrowIfReached();
        }
    }

    private void ThrowIfReached()
    {
        if (IsReached)
            throw new CrashedException();
    }
}

/// <summary>The service has crashed, so that calls have no effect.</summary>
internal sealed class CrashedException() : Exception("The process is dead.");
