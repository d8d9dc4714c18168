using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagApp.AppHost.Running;

/// <summary>Starts a service again that ended by itself, which Aspire leaves to a person. What a person stops stays down.</summary>
internal sealed partial class Restarts(
    ResourceNotificationService notifications, ResourceCommandService commands, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Restarts> logger)
    : BackgroundService
{
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
            _ = StartAgainAsync(resourceId, snapshot.ExitCode, watched.BackOff.Next(time.GetElapsedTime(watched.StartedAt)), cancellationToken);
    }

    private async Task StartAgainAsync(string resourceId, int? exitCode, TimeSpan pause, CancellationToken cancellationToken)
    {
        // Services are ended as the application is: that is no crash.
        if (cancellationToken.IsCancellationRequested)
            return;
        LogEnd(resourceId, exitCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no exit code", pause.TotalSeconds);
        try
        {
            await Task.Delay(pause, time, cancellationToken);
            var result = await commands.ExecuteCommandAsync(resourceId, KnownResourceCommands.StartCommand, cancellationToken);
            if (!result.Success && !cancellationToken.IsCancellationRequested)
                LogFailure(resourceId, result.Message ?? "no reason is known");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(LogLevel.Warning, "{ResourceId} ended by itself ({ExitCode}); it starts again in {Seconds} s.")]
    private partial void LogEnd(string resourceId, string exitCode, double seconds);

    [LoggerMessage(LogLevel.Error, "{ResourceId} could not be started again: {Reason}")]
    private partial void LogFailure(string resourceId, string reason);

    private sealed class Watched
    {
        public string? State { get; set; }

        public long StartedAt { get; set; }

        public RestartBackOff BackOff { get; } = new();
    }
}
