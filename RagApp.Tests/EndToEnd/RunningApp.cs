using Aspire.Hosting;
using Aspire.Hosting.Testing;
using RagApp.Tests.EndToEnd;
using RagApp.Tests.TestServices;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningApp))]

namespace RagApp.Tests.EndToEnd;

/// <summary>One run of the whole system that the end-to-end and browser tests share; started when the first of them asks.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _data = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private DistributedApplication? _app;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Address of the gateway, once it is ready.</summary>
    public async Task<Uri> GatewayAsync(CancellationToken cancellationToken) =>
        (await ApplicationAsync(cancellationToken)).GetEndpoint("api-gateway", "http");

    /// <summary>The application, once its gateway is ready.</summary>
    public async Task<DistributedApplication> ApplicationAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _app ??= await StartAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _starting.Dispose();
        _data.Dispose();
    }

    /// <summary>Its secrets are given, so that nothing is read from or written into the user's secrets.</summary>
    private async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.RagApp_AppHost>(
        [
            "--Gateway:Port=0",
            $"--Stores:DataPath={_data.Path}",
            "--Parameters:redis-password=of-the-tests-alone",
            $"--Parameters:identity-signing-key={new string('k', 48)}",
        ], cancellationToken);
        var app = await builder.BuildAsync(cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("api-gateway", cancellationToken).WaitAsync(StartLimit, cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
