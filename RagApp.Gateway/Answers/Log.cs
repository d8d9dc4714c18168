namespace RagApp.Gateway.Answers;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "An answer broke off after its first part was sent")]
    public static partial void AnswerBrokeOff(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "An answer is made without the reader: {Reason} ({Error})")]
    public static partial void ReaderAbsent(this ILogger logger, string reason, string error);
}
