namespace RagApp.Cache.Server;

/// <summary>
/// Garnet's log as part of this service's: it names its parts without a prefix, by which a level could be set for all. Once
/// the service was asked to end, Garnet logs each session that ends with it as critical: from then on all is passed on as Debug.
/// </summary>
internal sealed class GarnetLoggers(ILoggerFactory loggers, CancellationToken stopping) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new GarnetLogger(loggers.CreateLogger($"Garnet.{categoryName}"), stopping);

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // the service's, which ends it
    }

    private sealed class GarnetLogger(ILogger logger, CancellationToken stopping) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(LevelOf(logLevel));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var level = LevelOf(logLevel);
            if (logger.IsEnabled(level))
                logger.Log(level, eventId, state, exception, formatter);
        }

        private LogLevel LevelOf(LogLevel logLevel) => stopping.IsCancellationRequested && logLevel > LogLevel.Debug ? LogLevel.Debug : logLevel;
    }
}
