namespace RagApp.Ingestion.Intake;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} of {Bytes} bytes is queued")]
    public static partial void UploadAccepted(this ILogger logger, string tenant, string documentId, int version, long bytes);
}
