using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Tests.TestServices;
using Xunit;

namespace RagApp.Tests.LocalHosting;

/// <summary>
/// A store and, in two replicas, a service that waits for it: real processes on the local host, without a dashboard.
/// Its telemetry goes nowhere, but is configured.
/// </summary>
public sealed class TestApplication : IAsyncLifetime
{
    internal const string Password = "a-password-for-tests";
    private readonly TemporaryFolder _data = new();
    private readonly DistributedApplication _application;

    public TestApplication()
    {
        var builder = new DistributedApplicationBuilder(["--environment", "Development", "--Dashboard:Enabled", "false"], appHost: null);
        builder.Services.AddSingleton(new ConsoleOutput(TextWriter.Null, colours: false));
        builder.Services.AddSingleton(new TelemetryTarget("http://localhost:1", "telemetry-key"));
        var password = builder.AddParameter("password", () => Password, secret: true);
        var store = Service(builder, "store", password);
        var redis = builder.AddConnectionString(
            "redis", ReferenceExpression.Create($"{store.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)},password={password}"));
        Service(builder, "worker-service", password).WithReplicas(2).WithReference(store).WithReference(redis).WaitFor(store);
        _application = builder.Build();
    }

    internal ResourceStore Resources => _application.Services.GetRequiredService<ResourceStore>();

    internal InstanceRegistry Instances => _application.Services.GetRequiredService<InstanceRegistry>();

    public async ValueTask InitializeAsync()
    {
        await _application.StartAsync(TestContext.Current.CancellationToken);
        await HealthyAsync();
    }

    public Task StopAsync() => _application.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        _application.Dispose();
        _data.Dispose();
    }

    internal async Task HealthyAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await Resources.WaitAsync("worker-service", s => s.IsHealthy, patience.Token);
    }

    internal IEnumerable<ResourceSnapshot> Of(string name) => Resources.All.Where(s => s.ResourceName == name);

    private IResourceBuilder<ProjectResource> Service(DistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password) =>
        builder.AddProject<BuiltCache>(name, launchProfileName: null)
            .WithHttpEndpoint()
            .WithEndpoint(name: "tcp", scheme: "redis", env: "Cache__Port")
            .WithHttpHealthCheck("/ready")
            .WithEnvironment("Cache__Password", password)
            .WithEnvironment("Cache__DataPath", Path.Combine(_data.Path, name, Guid.NewGuid().ToString("N")));
}
