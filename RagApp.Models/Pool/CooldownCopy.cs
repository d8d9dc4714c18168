namespace RagApp.Models.Pool;

/// <summary>
/// The local copy of the shared pauses of one model. It is at most a second old when a lease is made, and one caller at a time
/// renews it while the others wait for that.
/// </summary>
internal sealed class CooldownCopy(ModelPool pool, SharedCooldowns shared, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _readAt;
    private Task? _reading;

    public Task RenewAsync()
    {
        lock (_lock)
        {
            if (_reading is { IsCompleted: false })
                return _reading;
            if (_reading is not null && time.GetElapsedTime(_readAt) < MaxAge)
                return Task.CompletedTask;
            _readAt = time.GetTimestamp();
            return _reading = ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        await Task.Yield(); // the lock is held until here
        var breakers = pool.Breakers().ToDictionary(breaker => breaker.Id);
        foreach (var pause in await shared.ReadAsync([.. breakers.Keys]))
            pool.Follow(breakers[pause.Id], pause.Left, pause.Cause);
    }
}
