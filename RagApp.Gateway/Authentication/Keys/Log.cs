namespace RagApp.Gateway.Authentication.Keys;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The last uses of API keys could not be stored; it is tried again soon")]
    public static partial void UsesNotStored(this ILogger logger, Exception exception);
}
