using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant.Client;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>Completes missing term statistics at the start and every minute, in the process that writes the index.</summary>
internal sealed class TermKeeper(IServiceProvider services, IOptions<QdrantOptions> options, TimeProvider time, ILogger<TermKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsConfigured)
            return;
        var counting = services.GetRequiredService<TermCounting>();
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await counting.CatchUpAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or QdrantException)
            {
                logger.NotCounted(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
