namespace RagApp.Gateway.Draining;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The time to finish, {Time}, is over: answers of {Requests} requests in work end with an error")]
    public static partial void TimeIsOver(this ILogger logger, TimeSpan time, int requests);
}
