using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.S3;

/// <summary>
/// Checks the bucket before anything else starts: a missing bucket, wrong keys, or a server that ignores conditions ends the start
/// with an explanation. When the server is not reachable yet, the service starts and is not ready.
/// </summary>
internal sealed class S3StartCheck(IServiceProvider services, IOptions<S3Options> options, ILogger<S3StartCheck> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
            return;
        if (options.Value.SingleWriter)
            logger.SingleWriter();
        try
        {
            await services.GetRequiredService<BucketCheck>().RequireAsync(cancellationToken);
        }
        catch (S3Exception exception) when (exception.IsTransient)
        {
            logger.NotReachedAtStart(exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
