using RagApp.Contracts.Documents;

namespace RagApp.Ingestion.Processing.Screening;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Document {DocumentId} of {Tenant}: version {Version} holds confidential data ({Kinds}): {Action}")]
    public static partial void Screened(this ILogger logger, string tenant, string documentId, int version, DlpAction action, string kinds);

    [LoggerMessage(LogLevel.Warning, "Document {DocumentId} of {Tenant} was released, but the job queue does not answer: the recovery will queue it later")]
    public static partial void ReleasedWithoutJob(this ILogger logger, string tenant, string documentId, Exception exception);
}
