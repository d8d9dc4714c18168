namespace RagApp.Ingestion.Maintenance;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Maintenance: {Verb} was started by {Starter}")]
    public static partial void VerbStarted(this ILogger logger, string verb, string starter);

    [LoggerMessage(LogLevel.Information, "Maintenance: {Verb} ended with {Exit} after {Duration}")]
    public static partial void VerbEnded(this ILogger logger, string verb, int exit, TimeSpan duration);

    [LoggerMessage(LogLevel.Information, "Maintenance: {Verb} was cancelled")]
    public static partial void VerbCancelled(this ILogger logger, string verb);

    [LoggerMessage(LogLevel.Error, "Maintenance: {Verb} failed")]
    public static partial void VerbFailed(this ILogger logger, string verb, Exception exception);

    [LoggerMessage(LogLevel.Information, "Maintenance verbs are accepted on {Socket}")]
    public static partial void SocketOpen(this ILogger logger, string socket);

    [LoggerMessage(LogLevel.Warning, "Maintenance verbs cannot be accepted on {Socket}: {Reason}")]
    public static partial void SocketUnavailable(this ILogger logger, string socket, string reason);

    [LoggerMessage(LogLevel.Warning, "The service waits to start: {Reason}")]
    public static partial void WaitingForVerb(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Sweep: {Line}")]
    public static partial void SweepSaid(this ILogger logger, string line);

    [LoggerMessage(LogLevel.Warning, "The place of backups cannot be looked at: {Reason}")]
    public static partial void BackupsUnseen(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "The sweep was skipped or interrupted: {Reason}")]
    public static partial void SweepSkipped(this ILogger logger, string reason);
}
