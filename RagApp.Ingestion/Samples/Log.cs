namespace RagApp.Ingestion.Samples;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{Count} sample documents were added to {Tenant}")]
    public static partial void SamplesAdded(this ILogger logger, string tenant, int count);

    [LoggerMessage(LogLevel.Warning, "Sample documents could not be added to {Tenant}; this will be retried")]
    public static partial void SamplesFailed(this ILogger logger, string tenant, Exception exception);
}
