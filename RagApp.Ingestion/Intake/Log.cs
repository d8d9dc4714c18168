namespace RagApp.Ingestion.Intake;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} of {Bytes} bytes is queued")]
    public static partial void UploadAccepted(this ILogger logger, string tenant, string documentId, int version, long bytes);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} of {Tenant} is stored but could not be queued; it will be queued when the queue answers again")]
    public static partial void NotQueued(this ILogger logger, string tenant, string documentId, Exception exception);
}
