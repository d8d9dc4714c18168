namespace RagApp.Gateway.Documents;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "A file broke off on its way to the receiver")]
    public static partial void OriginalBrokeOff(this ILogger logger, Exception exception);
}
