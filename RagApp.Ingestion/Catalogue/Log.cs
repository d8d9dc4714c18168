namespace RagApp.Ingestion.Catalogue;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The catalogue of {Tenant} matches the document store: {Count} documents with {Lists} access lists")]
    public static partial void CatalogueCompared(this ILogger logger, string tenant, int count, long lists);

    [LoggerMessage(LogLevel.Error, "The catalogue of {Tenant} cannot be written or read and is rebuilt. Is there room in the folder for temporary files?")]
    public static partial void CatalogueDropped(this ILogger logger, string tenant, Exception exception);

    [LoggerMessage(LogLevel.Error, "Catalogues could not be compared with the document store; the comparison will be repeated")]
    public static partial void ComparisonFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} of {Tenant} could not be read for the catalogue and will be read again")]
    public static partial void LookFailed(this ILogger logger, string tenant, string documentId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Announcements of changed documents cannot be received, so lists may lack the changes of other processes; the subscription will be retried")]
    public static partial void AnnouncementsUnheard(this ILogger logger, Exception exception);
}
