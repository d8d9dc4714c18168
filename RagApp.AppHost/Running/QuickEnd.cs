namespace RagApp.AppHost.Running;

/// <summary>In a run a service is killed six seconds after it was asked to end: it gives back in time what it cannot finish.</summary>
internal static class QuickEnd
{
    private const string Setting = "Processing:Drain";
    private const string Drain = "00:00:04";

    public static IResourceBuilder<ProjectResource> WithQuickEnd(this IResourceBuilder<ProjectResource> ingestion) =>
        ingestion.ApplicationBuilder.ExecutionContext.IsRunMode
            ? ingestion.WithEnvironment("Processing__Drain", ingestion.ApplicationBuilder.Configuration[Setting] ?? Drain)
            : ingestion;
}
