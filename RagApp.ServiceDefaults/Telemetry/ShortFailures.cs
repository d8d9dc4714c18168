using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RagApp.ServiceDefaults.Health;

namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>
/// Logs a handled failure in one line: below Error an exception is shown by its message, and its stack trace is logged at Debug. An
/// Error, which is unexpected, keeps its stack trace. Once the service was asked to stop, warnings with an exception and
/// cancellations are logged at Debug only, since other services such as Redis stop at the same time.
/// </summary>
internal sealed class ShortFailures(LoggerFactory loggers, ServiceEnd end) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        var logger = new ShortLogger(loggers.CreateLogger(categoryName), end);
        return categoryName == HealthChanges.Category ? new HealthChanges(logger) : logger;
    }

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose() => loggers.Dispose();

    private sealed class ShortLogger(ILogger inner, ServiceEnd end) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (end.HasBegun && (exception is OperationCanceledException || (exception is not null && logLevel == LogLevel.Warning)))
                logLevel = LogLevel.Debug;
            if (exception is null || logLevel is < LogLevel.Information or > LogLevel.Warning)
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
                return;
            }
            inner.Log(logLevel, eventId, state, exception: null, (words, _) => $"{formatter(words, exception)}: {Messages(exception)}");
            inner.Log(LogLevel.Debug, eventId, state, exception, formatter);
        }

        /// <summary>The messages of the exception and of its causes, on one line.</summary>
        private static string Messages(Exception exception)
        {
            var messages = new List<string>();
            for (var cause = exception; cause is not null; cause = cause.InnerException)
                messages.Add(cause.Message.ReplaceLineEndings(" "));
            return string.Join(" ", messages.Distinct(StringComparer.Ordinal));
        }
    }
}

internal static class ShortFailuresExtensions
{
    public static IServiceCollection AddShortFailures(this IServiceCollection services)
    {
        services.TryAddSingleton<LoggerFactory>();
        services.TryAddSingleton<ServiceEnd>();
        return services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, ShortFailures>());
    }
}
