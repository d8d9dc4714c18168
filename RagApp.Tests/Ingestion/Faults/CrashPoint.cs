namespace RagApp.Tests.Ingestion.Faults;

/// <summary>
/// The moment at which a service dies: after so many writes, counted over all of its stores. From then on nothing it
/// does has any effect, as if the process were killed between that write and whatever would have come next.
/// </summary>
internal sealed class CrashPoint
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = int.MaxValue;

    /// <summary>Completes when the service is dead.</summary>
    public Task Crashed => _crashed.Task;

    public bool IsReached => _crashed.Task.IsCompleted;

    /// <summary>The last write that took effect.</summary>
    public string LastWrite { get; private set; } = "nothing";

    /// <summary>Dies after <paramref name="writes"/> more writes; with 0 at the next one, before it has any effect.</summary>
    public void Arm(int writes)
    {
        lock (_lock)
            _left = writes;
    }

    /// <exception cref="CrashedException">The service is dead.</exception>
    public void Enter(bool write)
    {
        lock (_lock)
        {
            if (write && _left <= 0)
                _crashed.TrySetResult();
            ThrowIfReached();
        }
    }

    /// <summary>A write took effect. The dead do not learn of it.</summary>
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

/// <summary>Nothing has any effect any more.</summary>
internal sealed class CrashedException() : Exception("The process is dead.");
