namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>Says once, at the start, what parsers are confined by here, and what each measure that is not here would have kept out.</summary>
internal sealed class ConfinementReport(ILogger<ConfinementReport> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var held = await Confinement.HeldAsync(stoppingToken);
        logger.ParserConfinement(held);
        foreach (var measure in Enum.GetValues<Measures>().Where(measure => !held.HasFlag(measure)))
        {
            if (measure.IsSpare())
                logger.ParserWithoutSpare(measure, measure.Missing());
            else
                logger.ParserWithout(measure, measure.Missing());
        }
    }
}
