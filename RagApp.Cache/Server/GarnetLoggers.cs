namespace RagApp.Cache.Server;

/// <summary>
/// Passes Garnet's log to the service's log under the category prefix <c>Garnet</c>, so that one level can be set for all of
/// it. Garnet logs each session that ends at shutdown as critical: once the service stops, every entry is passed on as Debug.
/// </summary>
internal sealed class GarnetLoggers(ILoggerFactory loggers, CancellationToken stopping) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new GarnetLogger(loggers.CreateLogger($"Garnet.{categoryName}"), stopping);

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // The service owns the inner factory and disposes it.
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
