using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.S3;

/// <summary>
/// Before anything else starts: a bucket that is not there, keys that are wrong and a server that ignores conditions
/// stop the start with a sentence that says so. A server that is just not up yet does not: the service waits, not ready.
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
