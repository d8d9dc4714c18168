using Microsoft.Extensions.Hosting;

namespace RagApp.AppHost.Running;

/// <summary>
/// Stops each service before the services it waits for, and all services before the dashboard. Aspire alone stops everything at
/// once; services that still send telemetry to the stopped dashboard are then killed after six seconds.
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

    /// <summary>Stops the service after all services that wait for it; the stop command does nothing for a service that was never started.</summary>
    private async Task StopAfterDependentsAsync(IResource service, Dictionary<IResource, Lazy<Task>> stops, CancellationToken cancellationToken)
    {
        var dependents = stops.Where(stop => stop.Key.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == service));
        await Task.WhenAll(dependents.Select(stop => stop.Value.Value));
        await commands.ExecuteCommandAsync(service, KnownResourceCommands.StopCommand, cancellationToken);
    }
}
