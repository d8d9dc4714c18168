using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Journals.Chain;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Audit checkpoint of {Journal}: {Checkpoint}")]
    public static partial void CheckpointWritten(this ILogger logger, string journal, string checkpoint);

    [LoggerMessage(LogLevel.Warning, "The audit checkpoint of {Journal} could not be written; it is tried again later")]
    public static partial void CheckpointFailed(this ILogger logger, string journal, Exception exception);
}
