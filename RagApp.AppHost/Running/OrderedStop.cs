using Microsoft.Extensions.Hosting;

namespace RagApp.AppHost.Running;

/// <summary>
/// Ends services before what they wait for, and all of them before the dashboard. Left to itself Aspire ends everything at once: services
/// that would still send their telemetry to a dashboard that is gone are killed after six seconds.
/// </summary>
internal sealed class OrderedStop(DistributedApplicationModel model, ResourceCommandService commands) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var stops = new Dictionary<IResource, Lazy<Task>>();
        foreach (var service in model.Resources.OfType<ProjectResource>())
            stops[service] = new Lazy<Task>(() => StopAfterDependentsAsync(service, stops, cancellationToken));
        await Task.WhenAll(stops.Values.Select(stop => stop.Value));
    }

    /// <summary>A service that has not been started yet has no such command to carry out; there is nothing to do then.</summary>
    private async Task StopAfterDependentsAsync(IResource service, Dictionary<IResource, Lazy<Task>> stops, CancellationToken cancellationToken)
    {
        var dependents = stops.Where(stop => stop.Key.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == service));
        await Task.WhenAll(dependents.Select(stop => stop.Value.Value));
        await commands.ExecuteCommandAsync(service, KnownResourceCommands.StopCommand, cancellationToken);
    }
}
