namespace RagApp.Query.Results;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The reranker failed; the passages keep the order of the search")]
    public static partial void RerankerFailed(this ILogger logger, Exception exception);
}
