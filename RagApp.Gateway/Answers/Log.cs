namespace RagApp.Gateway.Answers;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "An answer broke off after its first part was sent")]
    public static partial void AnswerBrokeOff(this ILogger logger, Exception exception);
}
