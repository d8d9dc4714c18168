using System.Reflection;
using System.Runtime.ExceptionServices;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Tests.Ingestion.Catalogue;

/// <summary>A manifest store that counts reads, and that a test can delay or make fail.</summary>
internal class WatchedStore : DispatchProxy
{
    private IManifestStore _inner = null!;
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Callback awaited before each read of a manifest.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Callback awaited after each save of a manifest.</summary>
    public Func<Task> AfterSave { get; set; } = () => Task.CompletedTask;

    public static (IManifestStore Store, WatchedStore Watch) Around(IManifestStore inner)
    {
        var proxy = Create<IManifestStore, WatchedStore>();
        var watch = (WatchedStore)(object)proxy;
        watch._inner = inner;
        return (proxy, watch);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IManifestStore.FindAsync) => FindAsync((string)args![0]!, (string)args[1]!, (CancellationToken)args[2]!),
        nameof(IManifestStore.SaveAsync) => SaveAsync((DocumentManifest)args![0]!, (string?)args[1], (CancellationToken)args[2]!),
        _ => Call(targetMethod, args),
    };

    private async Task<StoredManifest?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        await BeforeRead().WaitAsync(cancellationToken);
        return await _inner.FindAsync(tenant, id, cancellationToken);
    }

    private async Task<StoredManifest> SaveAsync(DocumentManifest manifest, string? etag, CancellationToken cancellationToken)
    {
        var saved = await _inner.SaveAsync(manifest, etag, cancellationToken);
        await AfterSave();
        return saved;
    }

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return method.Invoke(_inner, args);
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}
