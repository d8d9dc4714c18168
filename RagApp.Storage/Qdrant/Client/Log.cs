using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Qdrant.Client;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Qdrant: {Method} {Path} failed on attempt {Attempt} and is repeated: {Problem}")]
    public static partial void WriteRepeated(this ILogger logger, string method, string path, int attempt, string problem);
}
