using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>Starts every project of the model and ends them, dependents before what they depend on.</summary>
internal sealed class LocalRunner(DistributedApplicationModel model, RunServices services, InstanceRegistry registry) : IHostedService, IAsyncDisposable
{
    private readonly List<ReplicaProxy> _proxies = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _announcement = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var projects = model.Resources.OfType<ProjectResource>().ToArray();
        PortAllocator.Allocate(projects);
        ValueResources.Publish(model, services);
        foreach (var project in projects)
        {
            var instances = Enumerable.Range(0, project.Replicas).Select(i => new ResourceInstance(project, i, services)).ToArray();
            registry.Add(instances);
            if (instances.Length > 1)
                _proxies.AddRange(project.Endpoints.Select(e => new ReplicaProxy(e.AllocatedPort, e.TargetPorts, i => instances[i].IsHealthy)));
        }

        services.Console.Align(registry.All.Select(i => i.Label));
        foreach (var instance in registry.All)
            instance.PublishInitial();
        foreach (var instance in registry.All)
            await instance.StartAsync();
        _announcement = AnnounceAsync(projects, _stopping.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        services.Console.Write("stopping");
        await _stopping.CancelAsync();
        var stops = new Dictionary<ProjectResource, Lazy<Task>>();
        foreach (var project in model.Resources.OfType<ProjectResource>())
            stops[project] = new Lazy<Task>(() => StopAfterDependentsAsync(project, stops));
        await Task.WhenAll(stops.Values.Select(s => s.Value));
        await _announcement.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        services.Console.Write("stopped");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync();
        foreach (var instance in registry.All)
            instance.Dispose();
        _stopping.Dispose();
    }

    private async Task StopAfterDependentsAsync(ProjectResource project, Dictionary<ProjectResource, Lazy<Task>> stops)
    {
        var dependents = stops.Keys.Where(p => ResourceFacts.DependenciesOf(p).Contains(project));
        await Task.WhenAll(dependents.Select(d => stops[d].Value));
        await Task.WhenAll(registry.Of(project).Select(i => i.StopAsync()));
    }

    /// <summary>Says where the application is once its outward endpoints answer.</summary>
    private async Task AnnounceAsync(IEnumerable<ProjectResource> projects, CancellationToken cancellationToken)
    {
        var external = projects.Where(p => p.Endpoints.Exists(e => e.IsExternal)).ToArray();
        await Task.WhenAll(external.Select(p => services.Store.WaitAsync(p.Name, s => s.IsHealthy, cancellationToken)));
        foreach (var url in external.SelectMany(ResourceFacts.UrlsOf).Where(u => u.IsExternal))
            services.Console.Write($"{model.Name} is ready: {url.Url}");
    }
}
