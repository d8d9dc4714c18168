using Aspire.Hosting;
using Aspire.Hosting.Testing;
using RagApp.Tests.EndToEnd;
using RagApp.Tests.TestServices;

[assembly: AssemblyFixture(typeof(RunningApp))]

namespace RagApp.Tests.EndToEnd;

/// <summary>One run of the whole system, shared by the end-to-end and browser tests; the first test that needs it starts it.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _data = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private DistributedApplication? _app;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Address of the gateway, after it is ready.</summary>
    public async Task<Uri> GatewayAsync(CancellationToken cancellationToken) =>
        (await ApplicationAsync(cancellationToken)).GetEndpoint("api-gateway", "http");

    /// <summary>The application, after its gateway is ready.</summary>
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

    /// <summary>Starts the application with explicit secrets, so that it neither reads nor writes the user-secrets file.</summary>
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
