using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Journals.Chain;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Audit checkpoint of {Journal}: {Checkpoint}")]
    public static partial void CheckpointWritten(this ILogger logger, string journal, string checkpoint);

    [LoggerMessage(LogLevel.Information, "{Records} audit records of {Tenant} had reached the end of their retention and were removed")]
    public static partial void RecordsExpired(this ILogger logger, string tenant, long records);

    [LoggerMessage(LogLevel.Warning, "Old audit records of {Tenant} could not be removed; it is tried again later")]
    public static partial void RetentionFailed(this ILogger logger, string tenant, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The audit checkpoint of {Journal} could not be written; it is tried again later")]
    public static partial void CheckpointFailed(this ILogger logger, string journal, Exception exception);
}
