using Microsoft.Extensions.Logging;

namespace RagApp.Storage.S3;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "S3: a call ended with {Code} on attempt {Attempt}; it is tried again")]
    public static partial void CallRepeated(this ILogger logger, string code, int attempt);

    [LoggerMessage(LogLevel.Warning, "S3: an unfinished upload could not be aborted; its parts stay until the bucket's lifecycle rule removes them")]
    public static partial void PartsLeft(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "S3: the server was not reached at start; the service is not ready until it is")]
    public static partial void NotReachedAtStart(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "S3: the conditions of writes are checked only within this process (Storage:S3:SingleWriter): run a single replica of the ingestion")]
    public static partial void SingleWriter(this ILogger logger);
}
