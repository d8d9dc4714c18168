namespace RagApp.Cache.Server;

/// <summary>Garnet's log as part of this service's: it names its parts without a prefix, by which a level could be set for all.</summary>
internal sealed class GarnetLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => loggers.CreateLogger($"Garnet.{categoryName}");

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // the service's, which ends it
    }
}
