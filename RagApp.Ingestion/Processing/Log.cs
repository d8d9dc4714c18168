namespace RagApp.Ingestion.Processing;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} is indexed with {Chunks} chunks, {Reused} of them with reused vectors")]
    public static partial void DocumentIndexed(this ILogger logger, string tenant, string documentId, int version, int chunks, int reused);

    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} holds no text")]
    public static partial void DocumentEmpty(this ILogger logger, string tenant, string documentId, int version);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} of {Tenant}: version {Version} failed: {Reason}")]
    public static partial void DocumentFailed(this ILogger logger, string tenant, string documentId, int version, string reason);
}
