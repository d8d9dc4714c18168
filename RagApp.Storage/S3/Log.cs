using Microsoft.Extensions.Logging;

namespace RagApp.Storage.S3;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "S3: {Method} ended with {Code} on attempt {Attempt}; it is tried again")]
    public static partial void CallRepeated(this ILogger logger, string method, string code, int attempt);

    [LoggerMessage(LogLevel.Warning, "S3: an unfinished upload could not be taken back; its parts stay until the bucket's lifecycle rule removes them")]
    public static partial void PartsLeft(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "S3: the server was not reached at start; the service is not ready until it is")]
    public static partial void NotReachedAtStart(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "S3: conditions of writes are kept within this process alone (Storage:S3:SingleWriter): run one replica of the ingestion only")]
    public static partial void SingleWriter(this ILogger logger);
}
