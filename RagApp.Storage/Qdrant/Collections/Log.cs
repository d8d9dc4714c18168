using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Qdrant.Collections;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Qdrant: the cluster has two nodes: a node that is cut off may return revoked documents. Three nodes prevent that")]
    public static partial void NoQuorum(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "Qdrant: not reached at start; the service is not ready until it is. {Problem}")]
    public static partial void NotReachedAtStart(this ILogger logger, string problem);
}
