using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>
/// Checks the collections before anything else starts: a wrong key, or a collection with other settings, ends the start with
/// an explanation. When the server is not reachable yet, the service starts and is not ready.
/// </summary>
internal sealed class CollectionsStartCheck(IndexCollections collections, IOptions<QdrantOptions> options, ILogger<CollectionsStartCheck> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
            return;
        try
        {
            await collections.ListAsync(cancellationToken);
        }
        catch (QdrantException exception) when (exception.IsTransient)
        {
            logger.NotReachedAtStart(exception.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
