namespace RagApp.Query.Search;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The embedding service failed; the search goes on with keywords alone")]
    public static partial void EmbeddingServiceFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "The embedding service refused the question; the search goes on with keywords alone")]
    public static partial void QuestionNotEmbedded(this ILogger logger, Exception exception);
}
