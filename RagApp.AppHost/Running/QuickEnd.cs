using System.Globalization;

namespace RagApp.AppHost.Running;

/// <summary>
/// Shortens the time that a service gives its work to finish: a run kills a service six seconds after asking it to stop, and by then
/// the ingestion's unfinished jobs must be back in the queue, and the gateway's open answers ended and settled.
/// </summary>
internal static class QuickEnd
{
    public static IResourceBuilder<ProjectResource> WithQuickEnd(this IResourceBuilder<ProjectResource> service, string setting, TimeSpan drain)
    {
        var application = service.ApplicationBuilder;
        return application.ExecutionContext.IsRunMode
            ? service.WithEnvironment(setting.Replace(":", "__", StringComparison.Ordinal), application.Configuration[setting] ?? drain.ToString("c", CultureInfo.InvariantCulture))
            : service;
    }
}
