using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Scheduling;

/// <summary>One text that waits for its run, or that is being run.</summary>
/// <param name="runner">The model to run.</param>
/// <param name="tokens">The token ids of the text.</param>
/// <param name="queued">Start of the wait, as a timestamp of the TimeProvider.</param>
internal sealed class WaitingRun(ITextRunner runner, string tenant, EmbeddingPriority priority, long[] tokens, long queued)
    : IWaiting<WaitingRun>
{
    private readonly TaskCompletionSource<float[]> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ITextRunner Runner => runner;

    public string Tenant => tenant;

    public EmbeddingPriority Priority => priority;

    public long[] Tokens => tokens;

    public long Queued => queued;

    public Task<float[]> Output => _completion.Task;

    public LinkedListNode<WaitingRun>? Place { get; set; }

    public void Complete(float[] output) => _completion.TrySetResult(output);

    public void Fail(Exception exception) => _completion.TrySetException(exception);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
