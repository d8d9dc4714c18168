namespace RagApp.Gateway.LocalModels;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Server} serves chat models on this machine; the setting {Setting} connects one")]
    public static partial void LocalModelsFound(this ILogger logger, string server, string setting);
}
