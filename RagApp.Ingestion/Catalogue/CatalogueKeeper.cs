using System.Threading.Channels;
using RagApp.Storage.Announcements;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// Keeps the catalogues in step with the store. Reads again each document that another process announces and each
/// document whose save had an unknown outcome. Compares all documents at the start, after missed announcements, and at
/// intervals, because some changes are never announced, such as a manifest that an operator restored.
/// </summary>
internal sealed class CatalogueKeeper(
    DocumentCatalogue catalogue, IManifestStore documents, DocumentAnnouncements announcements, DamageReport damage, TimeProvider time, ILogger<CatalogueKeeper> logger)
    : BackgroundService
{
    private const int ReadsAtOnce = 8;
    private static readonly TimeSpan ComparisonInterval = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan OutageWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> _missed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await Task.WhenAll(ListenAsync(stoppingToken), CompareAsync(stoppingToken), LookAgainAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the service stops
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await announcements.SubscribeAsync(Hear, Miss, stoppingToken);
                Miss(); // announcements before the subscription were missed
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.AnnouncementsUnheard(exception);
                catalogue.IsBehind = true;
                await Task.Delay(OutageWait, time, stoppingToken);
            }
        }
    }

    private void Hear(DocumentAnnouncement announcement)
    {
        if (!announcements.IsOwn(announcement))
            catalogue.Doubt(announcement.Tenant, announcement.DocumentId);
    }

    private void Miss()
    {
        catalogue.IsBehind = true;
        _missed.Writer.TryWrite(true);
    }

    private async Task CompareAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await WaitAsync(ComparisonInterval, stoppingToken);
            var missed = _missed.Reader.TryRead(out _);
            try
            {
                await foreach (var tenant in documents.ListTenantsAsync(stoppingToken))
                    await catalogue.HealAsync(tenant, stoppingToken);
                if (missed && announcements.IsConnected && _missed.Reader.Count == 0)
                    catalogue.IsBehind = false;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                if (!stoppingToken.IsCancellationRequested)
                    logger.ComparisonFailed(exception);
                await Task.Delay(OutageWait, time, stoppingToken);
                Miss();
            }
        }
    }

    /// <summary>Waits until announcements are missed, at most <paramref name="atMost"/>.</summary>
    private async Task WaitAsync(TimeSpan atMost, CancellationToken stoppingToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_missed.Reader.WaitToReadAsync(waiting.Token).AsTask(), Task.Delay(atMost, time, waiting.Token));
        await waiting.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task LookAgainAsync(CancellationToken stoppingToken)
    {
        while (await catalogue.Doubts.WaitToReadAsync(stoppingToken))
        {
            catalogue.Doubts.TryRead(out _);
            var failed = false;
            var many = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = stoppingToken };
            await Parallel.ForEachAsync(catalogue.TakeDoubted(), many, async (document, cancelled) => failed |= !await TryLookAsync(document.Tenant, document.Id, cancelled));
            await Task.Delay(failed ? OutageWait : Gathering, time, stoppingToken);
        }
    }

    private async Task<bool> TryLookAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        try
        {
            await catalogue.RefreshAsync(tenant, id, cancellationToken);
            return true;
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LookFailed(tenant, id, exception);
            catalogue.Doubt(tenant, id);
            return false;
        }
    }
}
