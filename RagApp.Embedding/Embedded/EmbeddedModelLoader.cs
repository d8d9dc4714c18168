using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// Loads the model while the service already answers <c>/health</c>, and starts the runners. The service is not ready
/// until then; requests that come before wait in the queue. A model that cannot be loaded ends the service.
/// </summary>
internal sealed class EmbeddedModelLoader(
    ModelFolder folder, UnigramTokenizer tokenizer, RunScheduler scheduler, ILogger<EmbeddedModelLoader> logger)
    : BackgroundService, IHealthCheck
{
    private OnnxTextRunner? _runner;
    private volatile bool _loaded;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_loaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The model is being loaded."));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        scheduler.Stop();
        _runner?.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(Load, stoppingToken);

    private void Load()
    {
        _runner = OnnxTextRunner.Load(folder);
        // The first run takes memory and pages the weights in: nobody should wait for that, and a model that does not
        // do what its description says shows here.
        _runner.Run(tokenizer.Encode(folder.Description.QueryPrefix + "ready"));
        _loaded = true;
        scheduler.Start(_runner);

        var model = folder.Description;
        logger.ModelLoaded(model.Id, Path.GetDirectoryName(folder.OnnxPath)!, model.Dimension, model.MaxTokens);
    }
}
