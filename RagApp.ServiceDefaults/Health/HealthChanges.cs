using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace RagApp.ServiceDefaults.Health;

/// <summary>
/// Shortens the log of the framework's health checks, which logs each failed check at Error with its stack trace every few seconds.
/// Here a check logs one line when its state changes, and it is a warning only if the check was healthy before.
/// </summary>
internal sealed class HealthChanges(ILogger inner) : ILogger
{
    public const string Category = "Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService";

    private readonly ConcurrentDictionary<string, (HealthStatus Status, bool WasHealthy)> _last = new(StringComparer.Ordinal);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <summary>True from Debug on, since the framework logs successful checks at Debug and a return to health is a change.</summary>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = (state as IReadOnlyList<KeyValuePair<string, object?>> ?? []).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (values.GetValueOrDefault("HealthCheckName") is not string name || values.GetValueOrDefault("HealthStatus") is not HealthStatus status)
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return;
        }
        var isHealthy = status == HealthStatus.Healthy;
        var before = _last.GetValueOrDefault(name, (Status: HealthStatus.Healthy, WasHealthy: false));
        _last[name] = (status, before.WasHealthy || isHealthy);
        if (before.Status == status)
            return;
        var why = values.GetValueOrDefault("HealthCheckDescription") as string ?? exception?.Message.ReplaceLineEndings(" ");
        inner.Log(
            isHealthy || !before.WasHealthy ? LogLevel.Information : LogLevel.Warning, eventId, state, exception: null,
            (_, _) => string.IsNullOrEmpty(why) ? $"{name} is {status}" : $"{name} is {status}: {why}");
    }
}
