namespace RagApp.Gateway.Limits;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Rate limits are counted by this replica alone, since Redis does not answer ({Error})")]
    public static partial void CountingAlone(this ILogger logger, string error);
}
