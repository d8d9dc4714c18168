namespace RagApp.Ingestion.Processing.Changes;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: access was changed to a list of {Entries}")]
    public static partial void AccessChanged(this ILogger logger, string tenant, string documentId, int entries);

    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant} was removed")]
    public static partial void DocumentRemoved(this ILogger logger, string tenant, string documentId);
}
