namespace RagApp.Ingestion.Processing;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} is indexed with {Chunks} chunks, {Reused} of them with the vectors they had")]
    public static partial void DocumentIndexed(this ILogger logger, string tenant, string documentId, int version, int chunks, int reused);

    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} holds no text")]
    public static partial void DocumentEmpty(this ILogger logger, string tenant, string documentId, int version);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} of {Tenant}: version {Version} failed: {Reason}")]
    public static partial void DocumentFailed(this ILogger logger, string tenant, string documentId, int version, string reason);

    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} holds {Count} other documents; taken: {Taken}")]
    public static partial void MembersTaken(this ILogger logger, string tenant, string documentId, int version, int count, string taken);

    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: access was changed to a list of {Entries}")]
    public static partial void AccessChanged(this ILogger logger, string tenant, string documentId, int entries);

    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant} was removed")]
    public static partial void DocumentRemoved(this ILogger logger, string tenant, string documentId);

    [LoggerMessage(LogLevel.Information, "Job {JobId} is outdated and ends")]
    public static partial void JobStale(this ILogger logger, string jobId);

    [LoggerMessage(LogLevel.Information, "Job {JobId} was interrupted and is given back")]
    public static partial void JobInterrupted(this ILogger logger, string jobId);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} failed on attempt {Attempt}")]
    public static partial void JobFailed(this ILogger logger, string jobId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} waits: the store has no room, or does not answer")]
    public static partial void StoreNotReady(this ILogger logger, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Error, "Document {DocumentId} of {Tenant} could not be healed; the others are, and this one is tried again")]
    public static partial void HealFailed(this ILogger logger, string tenant, string documentId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The job queue began anew: unfinished documents are added to it again")]
    public static partial void QueueBeganAnew(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The lease of job {JobId} ran out; somebody else has it")]
    public static partial void LeaseLost(this ILogger logger, string jobId);

    [LoggerMessage(LogLevel.Warning, "The job queue does not answer")]
    public static partial void QueueUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "Looking for unfinished documents failed; it is tried again")]
    public static partial void RecoveryFailed(this ILogger logger, Exception exception);
}
