namespace RagApp.Ingestion.Feed;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Announcements of changed documents cannot be received; the subscription will be retried")]
    public static partial void AnnouncementsUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} of {Tenant} changed, but cannot be read; its followers are told to list the documents")]
    public static partial void ChangeUnreadable(this ILogger logger, string tenant, string documentId, Exception exception);
}
