using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Scheduling;

/// <summary>One text that waits for its run, or runs.</summary>
/// <param name="runner">The model.</param>
/// <param name="tokens">The text as ids.</param>
/// <param name="queued">When it began to wait, as a timestamp of the TimeProvider.</param>
internal sealed class WaitingRun(ITextRunner runner, string tenant, EmbeddingPriority priority, long[] tokens, long queued)
{
    private readonly TaskCompletionSource<float[]> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ITextRunner Runner => runner;

    public string Tenant => tenant;

    public EmbeddingPriority Priority => priority;

    public long[] Tokens => tokens;

    public long Queued => queued;

    public Task<float[]> Vector => _completion.Task;

    /// <summary>Its place in the lane while it waits; null once it was taken or removed.</summary>
    public LinkedListNode<WaitingRun>? Place { get; set; }

    public void Complete(float[] vector) => _completion.TrySetResult(vector);

    public void Fail(Exception exception) => _completion.TrySetException(exception);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
