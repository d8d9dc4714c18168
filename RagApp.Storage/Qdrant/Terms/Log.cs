using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Qdrant.Terms;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Terms could not be counted: the index is complete, and counting is tried again within a minute.")]
    public static partial void NotCounted(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "The term statistics of {Tenant} were missing and were counted from the index: {Documents} documents.")]
    public static partial void StatisticsRebuilt(this ILogger logger, string tenant, int documents);

    [LoggerMessage(LogLevel.Warning, "The term statistics of {Tenant} are missing: until they are back, all words of a question have the same weight.")]
    public static partial void StatisticsMissing(this ILogger logger, string tenant);
}
