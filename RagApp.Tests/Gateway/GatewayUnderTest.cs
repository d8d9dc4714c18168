using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

/// <summary>The real gateway on a free port; the test supplies the services behind it.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    public const string Alice = "demo-alice";

    private readonly WebApplication _app;

    private GatewayUnderTest(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<GatewayUnderTest> StartAsync(
        CancellationToken cancellationToken,
        StubService? documents = null,
        StubService? search = null,
        StubService? embedding = null,
        string environment = "Development",
        params string[] settings)
    {
        var gateway = new GatewayUnderTest(RagApp.Gateway.Program.Build(
        [
            .. ServiceSettings.Common,
            $"--environment={environment}",
            ServiceSettings.Address("document-ingestion", documents?.Address),
            ServiceSettings.Address("query-router", search?.Address),
            ServiceSettings.Address("embedding", embedding?.Address),
            "--Drain:Time=00:00:00", // answers that a test leaves open must not delay its end
            .. settings,
        ]));
        await gateway._app.StartAsync(cancellationToken);
        return gateway;
    }

    public HttpClient Client(string? key = Alice)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <summary>Stops the gateway in order, so that nothing is written after the end of the test.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
