using System.Threading.Channels;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;

namespace RagApp.Ingestion.Feed;

/// <summary>
/// The events waiting for one follower: the newest state of each changed document. When too many wait, they are dropped
/// and the follower is told to list the documents again, so that memory stays bounded.
/// </summary>
internal sealed class FeedSubscription(Principal principal, TimeProvider time, Action<FeedSubscription> left) : IDisposable
{
    /// <summary>Largest number of changed documents that wait for a follower.</summary>
    internal const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, FeedEvent> _waiting = new(StringComparer.Ordinal);
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private bool _missed = true; // changes before the feed began are unknown
    private ClosedFeed? _closed;

    public string Tenant => principal.Tenant;

    public string Subject => principal.Subject;

    /// <summary>True once <see cref="TakeAsync"/> has returned the last event.</summary>
    public bool IsOver { get; private set; }

    public void Offer(DocumentChange change)
    {
        if (change.For(principal) is not { } next)
            return;
        lock (_gate)
        {
            _waiting[change.DocumentId] = next;
            if (_waiting.Count > Capacity)
                ForgetWaiting();
        }
        _news.Writer.TryWrite(true);
    }

    /// <summary>Drops the waiting events and tells the follower to list the documents again, because changes may have been missed.</summary>
    public void Miss()
    {
        lock (_gate)
            ForgetWaiting();
        _news.Writer.TryWrite(true);
    }

    public void Close(ClosedFeed closed)
    {
        lock (_gate)
            _closed ??= closed;
        _news.Writer.TryWrite(true);
    }

    /// <summary>Returns the waiting events; an empty list when none arrive within <paramref name="atMost"/>.</summary>
    public async Task<IReadOnlyList<FeedEvent>> TakeAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var waiting = TakeWaiting();
        if (waiting.Count > 0)
            return waiting;
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _news.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // nothing came in time
        }
        return TakeWaiting();
    }

    public void Dispose() => left(this);

    private List<FeedEvent> TakeWaiting()
    {
        lock (_gate)
        {
            var taken = new List<FeedEvent>();
            if (_missed)
                taken.Add(FeedEvent.Resync);
            taken.AddRange(_waiting.Values);
            if (_closed is not null)
                taken.Add(FeedEvent.Closed(_closed));
            (_missed, IsOver) = (false, _closed is not null);
            _waiting.Clear();
            return taken;
        }
    }

    private void ForgetWaiting()
    {
        _waiting.Clear();
        _missed = true;
    }
}
