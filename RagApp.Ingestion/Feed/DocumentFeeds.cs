using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Intake;
using RagApp.Storage.Announcements;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Feed;

/// <summary>
/// Sends changes of documents to followers. Announcements of all processes are collected for half a second, so that a
/// document is sent at most twice a second. Each changed manifest is then read once for all followers, and each
/// follower gets only what the current access list lets it read.
/// </summary>
internal sealed class DocumentFeeds : BackgroundService
{
    private const int ReadsAtOnce = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan OutageWait = TimeSpan.FromSeconds(2);
    private static readonly ClosedFeed Stopping = new("The service stops. Follow again in a moment.", RetryAfter: 2);
    private static readonly ClosedFeed Outage = new("Changes cannot be followed just now: Redis does not answer. Ask for the documents instead, and follow again later.", RetryAfter: 10);

    private readonly DocumentCatalogue _catalogue;
    private readonly InheritedAccess _inherited;
    private readonly DocumentView _view;
    private readonly DocumentAnnouncements _announcements;
    private readonly IOptions<FeedOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentFeeds> _logger;
    private readonly CancellationToken _stopping;

    private readonly ConcurrentDictionary<FeedSubscription, bool> _followers = new();
    private readonly Lock _gate = new();
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Changed documents of tenants with followers, each with its former readers.</summary>
    private Dictionary<(string Tenant, string Id), HashSet<string>> _changed = [];

    public DocumentFeeds(
        DocumentCatalogue catalogue, InheritedAccess inherited, DocumentView view, DocumentAnnouncements announcements, IOptions<FeedOptions> options,
        IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DocumentFeeds> logger)
    {
        (_catalogue, _inherited, _view, _announcements, _options, _time, _logger) = (catalogue, inherited, view, announcements, options, time, logger);
        _stopping = lifetime.ApplicationStopping;
        _stopping.Register(() => CloseAll(Stopping)); // the server waits for open requests before it stops hosted services
    }

    /// <summary>Opens a feed. Returns null when the principal already has the largest number of open feeds.</summary>
    public FeedSubscription? Open(Principal principal)
    {
        var subscription = new FeedSubscription(principal, _time, left => _followers.TryRemove(left, out _));
        lock (_gate)
        {
            if (_followers.Keys.Count(other => other.Tenant == principal.Tenant && other.Subject == principal.Subject) >= _options.Value.MaxPerPrincipal)
                return null;
            _followers[subscription] = true;
        }
        if (_stopping.IsCancellationRequested)
            subscription.Close(Stopping);
        else if (!_announcements.IsConnected)
            subscription.Close(Outage);
        return subscription;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await SubscribeAsync(stoppingToken);
            while (await _news.Reader.WaitToReadAsync(stoppingToken))
            {
                _news.Reader.TryRead(out _);
                await TellAsync(TakeChanged(), stoppingToken);
                await Task.Delay(Interval, _time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // asked to stop
        }
    }

    private async Task SubscribeAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await _announcements.SubscribeAsync(Hear, Miss, stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _logger.AnnouncementsUnavailable(exception);
                await Task.Delay(OutageWait, _time, stoppingToken);
            }
        }
    }

    private void Hear(DocumentAnnouncement announcement)
    {
        if (!_followers.Keys.Any(follower => follower.Tenant == announcement.Tenant))
            return;
        lock (_gate)
        {
            var key = (announcement.Tenant, announcement.DocumentId);
            if (!_changed.TryGetValue(key, out var formerReaders))
                _changed[key] = formerReaders = new HashSet<string>(StringComparer.Ordinal);
            formerReaders.UnionWith(announcement.FormerReaders);
        }
        _news.Writer.TryWrite(true);
    }

    private void Miss()
    {
        if (!_announcements.IsConnected)
            CloseAll(Outage);
        foreach (var follower in _followers.Keys)
            follower.Miss();
    }

    private Dictionary<(string Tenant, string Id), HashSet<string>> TakeChanged()
    {
        lock (_gate)
        {
            var taken = _changed;
            _changed = [];
            return taken;
        }
    }

    /// <summary>Sends each changed document, then the documents that contain it, because their status depends on what is inside.</summary>
    private async Task TellAsync(IEnumerable<KeyValuePair<(string Tenant, string Id), HashSet<string>>> changed, CancellationToken stoppingToken)
    {
        var outer = new ConcurrentDictionary<(string Tenant, string Id), HashSet<string>>();
        await Parallel.ForEachAsync(changed, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = stoppingToken }, async (each, cancelled) =>
        {
            if (await TellAsync(each, cancelled) is { Origin.ParentId: { } parent } manifest)
                outer.TryAdd((manifest.Tenant, parent), []);
        });
        if (!outer.IsEmpty)
            await TellAsync(outer, stoppingToken);
    }

    /// <returns>The current manifest; null when the document is gone or cannot be read.</returns>
    private async Task<DocumentManifest?> TellAsync(KeyValuePair<(string Tenant, string Id), HashSet<string>> changed, CancellationToken cancellationToken)
    {
        var (tenant, id) = changed.Key;
        var followers = _followers.Keys.Where(follower => follower.Tenant == tenant).ToList();
        try
        {
            var stored = await _catalogue.RefreshAsync(tenant, id, cancellationToken); // another process may have changed it
            var manifest = stored is null ? null : await _inherited.ResolveAsync(stored, cancellationToken);
            var info = manifest is { Deleted: false } ? await _view.OfAsync(manifest, cancellationToken) : null;
            var change = new DocumentChange(tenant, id, manifest, info, changed.Value);
            foreach (var follower in followers)
                follower.Offer(change);
            return manifest;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _logger.ChangeUnreadable(tenant, id, exception);
            foreach (var follower in followers)
                follower.Miss();
            return null;
        }
    }

    private void CloseAll(ClosedFeed reason)
    {
        foreach (var follower in _followers.Keys)
            follower.Close(reason);
    }
}
