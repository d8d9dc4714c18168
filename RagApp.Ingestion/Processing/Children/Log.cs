namespace RagApp.Ingestion.Processing.Children;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} holds {Count} other documents; taken: {Taken}")]
    public static partial void ChildrenExtracted(this ILogger logger, string tenant, string documentId, int version, int count, string taken);
}
