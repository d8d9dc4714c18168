using RagApp.Parsing.Sandbox;

namespace RagApp.Ingestion.Parsing.Sandbox;

/// <summary>Logs once at the start which sandbox measures are in force, and the risk of each missing one.</summary>
internal sealed class SandboxReport(ILogger<SandboxReport> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var held = await SandboxCommand.HeldAsync(stoppingToken);
        logger.ParserSandbox(held);
        foreach (var measure in Enum.GetValues<Measures>().Where(measure => !held.HasFlag(measure)))
        {
            if (measure.IsSpare())
                logger.ParserWithoutSpare(measure, measure.Missing());
            else
                logger.ParserWithout(measure, measure.Missing());
        }
    }
}
