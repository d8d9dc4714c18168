namespace Aspire.Hosting.Run;

/// <summary>Wakes everyone who waits for the next change. Take <see cref="Next"/> before reading, so that no change is missed.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
