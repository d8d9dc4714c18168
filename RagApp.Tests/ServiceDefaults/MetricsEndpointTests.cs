using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Benchmarks.Services;
using RagApp.ServiceDefaults;

namespace RagApp.Tests.ServiceDefaults;

/// <summary>Metrics for Prometheus are on their own port, which has nothing else.</summary>
public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Metrics_OnTheirOwnPort_AndNothingElseThere()
    {
        var (port, metricsPort) = (FreePort.Next(), FreePort.Next());
        await using var app = Build($"--urls=http://127.0.0.1:{port};http://127.0.0.1:{metricsPort}", string.Create(CultureInfo.InvariantCulture, $"--Metrics:Port={metricsPort}"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        (await StatusAsync(client, port, "/health")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, port, "/metrics")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(client, metricsPort, "/health")).ShouldBe(HttpStatusCode.NotFound);
        var metrics = await client.GetStringAsync(new Uri($"http://127.0.0.1:{metricsPort}/metrics"), TestContext.Current.CancellationToken);
        metrics.ShouldContain("http_server_request_duration_seconds_count");
    }

    [Fact]
    public async Task Port_OutOfRange_StopsTheStart()
    {
        await using var app = Build("--urls=http://127.0.0.1:0", "--Metrics:Port=70000");

        (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("Metrics:Port lies between 1 and 65535.");
    }

    private static WebApplication Build(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        var app = builder.Build();
        app.MapServiceDefaults();
        return app;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, int port, string path)
    {
        using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
