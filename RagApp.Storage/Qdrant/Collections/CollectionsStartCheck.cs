using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>
/// Before anything else starts: a wrong key and a collection that is set up in another way stop the start with a
/// sentence that says so. A server that is just not up yet does not: the service waits, not ready.
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
