using RagApp.Embedding.Serving;
using RagApp.Models;

namespace RagApp.Embedding.Batching;

/// <summary>The texts of one call to the provider, shortest first; all have the same priority, input type and region.</summary>
internal sealed class TextBatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _unwanted = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    public TextBatch(IReadOnlyList<WaitingText> texts)
    {
        Texts = texts;
        foreach (var text in texts)
            text.Batch = this;
    }

    public IReadOnlyList<WaitingText> Texts { get; }

    public EmbeddingWork Work => Texts[0].Work;

    public EmbeddingCallOptions Options => new(Work.InputType, Work.Caller);

    /// <summary>True while a caller waits for one of the texts.</summary>
    public bool IsWanted => Texts.Any(text => text.IsWanted);

    /// <summary>Completes when the call has ended, and the tokens of each text are counted.</summary>
    public Task Ended => _completion.Task;

    /// <summary>Cancelled when no caller waits for any of the texts any more.</summary>
    public CancellationToken Unwanted => _unwanted.Token;

    /// <summary>Ends the call if no caller waits for any of the texts any more.</summary>
    public void CancelIfUnwanted()
    {
        lock (_lock)
        {
            if (!_ended && !IsWanted)
                _unwanted.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            _unwanted.Dispose();
        }
        _completion.SetResult();
    }
}
