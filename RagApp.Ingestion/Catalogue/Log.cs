namespace RagApp.Ingestion.Catalogue;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The catalogue of {Tenant} is as the document store is: {Count} documents with {Lists} access lists")]
    public static partial void CatalogueCompared(this ILogger logger, string tenant, int count, long lists);

    [LoggerMessage(LogLevel.Error, "The catalogue of {Tenant} cannot be written or read; it is made anew. Is there room in the folder for temporary files?")]
    public static partial void CatalogueDropped(this ILogger logger, string tenant, Exception exception);

    [LoggerMessage(LogLevel.Error, "Catalogues could not be compared with the document store; it is tried again")]
    public static partial void ComparisonFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} of {Tenant} cannot be looked at for the catalogue; it is tried again")]
    public static partial void LookFailed(this ILogger logger, string tenant, string documentId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Announcements of changed documents cannot be heard: lists may lack what other processes change; it is tried again")]
    public static partial void AnnouncementsUnheard(this ILogger logger, Exception exception);
}
