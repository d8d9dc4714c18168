using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Qdrant.Terms;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Terms could not be counted; the index is as it should be, and they are counted again in a minute.")]
    public static partial void NotCounted(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "The term statistics of {Tenant} were missing and were counted from the index: {Documents} documents.")]
    public static partial void StatisticsRebuilt(this ILogger logger, string tenant, int documents);

    [LoggerMessage(LogLevel.Warning, "The term statistics of {Tenant} are missing: every word of a question counts the same until they are back.")]
    public static partial void StatisticsMissing(this ILogger logger, string tenant);
}
