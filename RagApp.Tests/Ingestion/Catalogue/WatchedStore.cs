using System.Reflection;
using System.Runtime.ExceptionServices;
using RagApp.Storage.Documents;

namespace RagApp.Tests.Ingestion.Catalogue;

/// <summary>A document store that counts the manifests that are read, and that a test can hold up or make fail.</summary>
internal class WatchedStore : DispatchProxy
{
    private IDocumentStore _inner = null!;
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Awaited before a manifest is read.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited after a manifest was saved.</summary>
    public Func<Task> AfterSave { get; set; } = () => Task.CompletedTask;

    public static (IDocumentStore Store, WatchedStore Watch) Around(IDocumentStore inner)
    {
        var proxy = Create<IDocumentStore, WatchedStore>();
        var watch = (WatchedStore)(object)proxy;
        watch._inner = inner;
        return (proxy, watch);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IDocumentStore.FindAsync) => FindAsync((string)args![0]!, (string)args[1]!, (CancellationToken)args[2]!),
        nameof(IDocumentStore.SaveAsync) => SaveAsync((DocumentManifest)args![0]!, (string?)args[1], (CancellationToken)args[2]!),
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
