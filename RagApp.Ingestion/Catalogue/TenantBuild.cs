namespace RagApp.Ingestion.Catalogue;

/// <summary>A tenant's catalogue and the task that builds it. Concurrent callers share one task; a failed task is started again.</summary>
internal sealed class TenantBuild
{
    private readonly Lock _gate = new();
    private Task? _work;

    public TenantCatalogue Catalogue { get; } = new();

    public bool IsReady => _work is { IsCompletedSuccessfully: true };

    public Task ReadyAsync(Func<Task> make)
    {
        lock (_gate)
        {
            if (_work is null or { IsFaulted: true } or { IsCanceled: true })
                _work = Task.Run(make);
            return _work;
        }
    }
}
