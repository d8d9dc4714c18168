namespace RagApp.Gateway.Authentication.Failures;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "{Count} refused sign-ins could not be recorded in the audit journal")]
    public static partial void RefusalsNotRecorded(this ILogger logger, int count, Exception exception);
}
