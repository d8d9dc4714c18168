namespace RagApp.Ingestion.Processing.Jobs;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Job {JobId} is outdated and ends")]
    public static partial void JobStale(this ILogger logger, string jobId);

    [LoggerMessage(LogLevel.Information, "Job {JobId} was interrupted and is given back")]
    public static partial void JobInterrupted(this ILogger logger, string jobId);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} failed on attempt {Attempt}")]
    public static partial void JobFailed(this ILogger logger, string jobId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} waits: the store has no room, or does not answer")]
    public static partial void StoreNotReady(this ILogger logger, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} waits {Wait} for the embedding model: {Reason}")]
    public static partial void EmbeddingPaused(this ILogger logger, string jobId, TimeSpan wait, string reason);

    [LoggerMessage(LogLevel.Warning, "The lease of job {JobId} ran out; another worker has the job")]
    public static partial void LeaseLost(this ILogger logger, string jobId);

    [LoggerMessage(LogLevel.Warning, "The job queue does not answer")]
    public static partial void QueueUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The job queue was lost and is empty: unfinished documents are added to it again")]
    public static partial void QueueBeganAnew(this ILogger logger);

    [LoggerMessage(LogLevel.Error, "Document {DocumentId} of {Tenant} could not be recovered and will be tried again; the other documents are not affected")]
    public static partial void HealFailed(this ILogger logger, string tenant, string documentId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The search for unfinished documents failed and will be repeated")]
    public static partial void RecoveryFailed(this ILogger logger, Exception exception);
}
