using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RagApp.ServiceDefaults.Health;

namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>
/// A failure that somebody dealt with is one line in the log: below Error an exception is told by its message, and its
/// trace is logged at Debug. An Error, which nobody foresaw, keeps its trace. Once the service was asked to end, what is
/// dealt with, and what was cancelled, is logged at Debug alone: others end at the same time, Redis among them.
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

        /// <summary>Its message and those of what caused it, on one line.</summary>
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
