using System.Diagnostics;
using System.Text;
using RagApp.Embedding.Scheduling;
using RagApp.Embedding.Serving;
using RagApp.Text;

namespace RagApp.Embedding.Batching;

/// <summary>One text that waits for its call to the provider, or that is being embedded.</summary>
/// <param name="queued">Start of the wait, as a timestamp of the TimeProvider.</param>
/// <param name="request">Span of the request that the text belongs to.</param>
internal sealed class WaitingText(string text, EmbeddingWork work, long queued, ActivityContext request) : IWaiting<WaitingText>
{
    /// <summary>Number of characters that fit every model.</summary>
    private const int ShortText = 64;

    private readonly TaskCompletionSource<EmbeddedText> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Text => text;

    public EmbeddingWork Work => work;

    public string Tenant => work.Tenant;

    public long Queued => queued;

    public ActivityContext Request => request;

    /// <summary>
    /// Estimated number of tokens. A token is four or five letters of English (five bytes), and one character of Chinese (three
    /// bytes).
    /// </summary>
    public int Size { get; } = (Encoding.UTF8.GetByteCount(text) / 3) + 1;

    public Task<EmbeddedText> Output => _completion.Task;

    /// <summary>False once the caller has cancelled.</summary>
    public bool IsWanted => !_completion.Task.IsCompleted;

    public LinkedListNode<WaitingText>? Place { get; set; }

    /// <summary>The call that takes the text; null while the text waits.</summary>
    public TextBatch? Batch { get; set; }

    /// <summary>
    /// The two halves of the text, each with the prefix in front, cut at white space if there is any near the middle; null when the
    /// request wants no windows, or the text is too short for its length to be the reason of a refusal.
    /// </summary>
    public (WaitingText First, WaitingText Second)? Halves()
    {
        if (work.WindowPrefix is not { } prefix || text.Length - prefix.Length < ShortText)
            return null;
        var body = text[prefix.Length..];
        var middle = Truncation.LengthOfHead(body, body.Length / 2);
        var space = body.LastIndexOf(' ', middle, middle / 2);
        var cut = space > 0 ? space : middle;
        return (Part(body[..cut]), Part(body[cut..]));

        WaitingText Part(string part) => new(prefix + part, work, queued, request);
    }

    /// <summary>Completes the text with the mean of its halves, or with the failure of one of them.</summary>
    public async Task CompleteAsync(WaitingText first, WaitingText second)
    {
        try
        {
            var (one, other) = (await first.Output, await second.Output);
            Complete(new EmbeddedText(
                VectorMean.Of([(one.Vector, first.Text.Length), (other.Vector, second.Text.Length)]), one.Tokens + other.Tokens));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public void Complete(EmbeddedText output) => _completion.TrySetResult(output);

    public void Fail(Exception exception) => _completion.TrySetException(exception);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}

/// <param name="Tokens">The text's share of the tokens that the provider counted for its call.</param>
internal sealed record EmbeddedText(ReadOnlyMemory<float> Vector, long Tokens);
