namespace RagApp.AppHost.Running;

/// <summary>
/// Shortens the ingestion's drain time: a run kills a service six seconds after asking it to stop, and by then unfinished jobs
/// must be back in the queue.
/// </summary>
internal static class QuickEnd
{
    private const string Setting = "Processing:Drain";
    private const string Drain = "00:00:04";

    public static IResourceBuilder<ProjectResource> WithQuickEnd(this IResourceBuilder<ProjectResource> ingestion) =>
        ingestion.ApplicationBuilder.ExecutionContext.IsRunMode
            ? ingestion.WithEnvironment("Processing__Drain", ingestion.ApplicationBuilder.Configuration[Setting] ?? Drain)
            : ingestion;
}
