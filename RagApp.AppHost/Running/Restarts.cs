using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagApp.AppHost.Running;

/// <summary>Restarts services that end by themselves, which Aspire does not do. A service that a person stops stays stopped.</summary>
internal sealed partial class Restarts(
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Restarts> logger) : BackgroundService
{
    /// <summary>Beginnings of the line in which a program says why it ends: that of .NET, and that of a service of RagApp that cannot start.</summary>
    private static readonly string[] BeforeReason = ["Unhandled exception. ", "Cannot start: "];

    private readonly Dictionary<string, Watched> _watched = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping.Token))
            {
                if (change.Resource is ProjectResource)
                    See(change.ResourceId, change.Snapshot, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private void See(string resourceId, CustomResourceSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (!_watched.TryGetValue(resourceId, out var watched))
            _watched[resourceId] = watched = new Watched();
        var state = snapshot.State?.Text;
        if (state == watched.State)
            return;
        var before = watched.State;
        watched.State = state;
        if (state == KnownResourceStates.Running)
            watched.StartedAt = time.GetTimestamp();
        else if (KnownResourceStates.TerminalStates.Contains(state) && before is not null && before != KnownResourceStates.Stopping && !KnownResourceStates.TerminalStates.Contains(before))
        {
            var ranFor = before == KnownResourceStates.Running ? time.GetElapsedTime(watched.StartedAt) : TimeSpan.Zero;
            _ = StartAgainAsync(resourceId, watched, snapshot.ExitCode, watched.BackOff.Next(ranFor), cancellationToken);
        }
    }

    private async Task StartAgainAsync(string resourceId, Watched watched, int? exitCode, TimeSpan pause, CancellationToken cancellationToken)
    {
        // When the application stops, its services are stopped too; that is no crash.
        if (cancellationToken.IsCancellationRequested)
            return;
        try
        {
            LogEnd(resourceId, await FindReasonAsync(resourceId, cancellationToken) ?? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"), pause.TotalSeconds);
            await Task.Delay(pause, time, cancellationToken);
            if (!KnownResourceStates.TerminalStates.Contains(watched.State))
                return; // a person restarted it in the meantime
            var result = await commands.ExecuteCommandAsync(resourceId, KnownResourceCommands.StartCommand, cancellationToken);
            if (!result.Success && !cancellationToken.IsCancellationRequested)
                LogFailure(resourceId, result.Message ?? "no reason is known");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>The reason that the service printed last, without stack trace; null when there is none or the log cannot be read.</summary>
    private async Task<string?> FindReasonAsync(string resourceId, CancellationToken cancellationToken)
    {
        string? reason = null;
        try
        {
            await foreach (var lines in logs.GetAllAsync(resourceId).WithCancellation(cancellationToken))
            {
                foreach (var line in lines)
                {
                    if (BeforeReason.FirstOrDefault(mark => line.Content.Contains(mark, StringComparison.Ordinal)) is { } mark)
                        reason = line.Content[(line.Content.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
        return reason;
    }

    [LoggerMessage(LogLevel.Warning, "{ResourceId} ended by itself and starts again in {Seconds} s: {Reason}")]
    private partial void LogEnd(string resourceId, string reason, double seconds);

    [LoggerMessage(LogLevel.Error, "{ResourceId} could not be started again: {Reason}")]
    private partial void LogFailure(string resourceId, string reason);

    private sealed class Watched
    {
        public string? State { get; set; }

        public long StartedAt { get; set; }

        public RestartBackOff BackOff { get; } = new();
    }
}
