using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Qdrant.Client;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Qdrant: {Method} failed on attempt {Attempt} and is repeated: {Problem}")]
    public static partial void WriteRepeated(this ILogger logger, string method, int attempt, string problem);

    [LoggerMessage(LogLevel.Warning, "Qdrant: {Node} does not answer and is left out until it does")]
    public static partial void NodeLeftOut(this ILogger logger, string node);
}
