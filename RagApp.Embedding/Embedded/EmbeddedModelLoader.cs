using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// Loads the model, a matter of 0.3 s, and starts the runners before the service listens: who can connect finds it
/// ready, and a model that cannot be loaded ends the start with the reason.
/// </summary>
internal sealed class EmbeddedModelLoader(
    ModelFolder folder, UnigramTokenizer tokenizer, RunScheduler scheduler, ILogger<EmbeddedModelLoader> logger) : IHostedService
{
    private OnnxTextRunner? _runner;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _runner = OnnxTextRunner.Load(folder);
        // The first run takes memory and pages the weights in: nobody should wait for that, and a model that does not
        // do what its description says shows here.
        _runner.Run(tokenizer.Encode(folder.Description.QueryPrefix + "ready"));
        scheduler.Start(_runner);

        var model = folder.Description;
        logger.ModelLoaded(model.Id, Path.GetDirectoryName(folder.OnnxPath)!, model.Dimension, model.MaxTokens);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        scheduler.Stop();
        _runner?.Dispose();
        return Task.CompletedTask;
    }
}
