namespace RagApp.Gateway.Audit;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Answers, searches and refusals could not be recorded in the audit journal: {Waiting} wait for the store, {Lost} are lost")]
    public static partial void RequestsNotRecorded(this ILogger logger, int waiting, int lost, Exception exception);
}
