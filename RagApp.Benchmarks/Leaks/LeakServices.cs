using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Benchmarks.Services;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Maintenance.Rebuild;
using RagApp.Ingestion.Processing.Screening;

namespace RagApp.Benchmarks.Leaks;

/// <summary>
/// All services in this process, on loopback ports, with the embedded model and stores in one folder. Two gateways share them: one answers by quotes,
/// the other by <see cref="RepeatingModel"/>.
/// </summary>
internal sealed class LeakServices : IAsyncDisposable
{
    private const string SigningKey = "a signing key for measurements, long enough to be one";

    private readonly string _folder = Directory.CreateTempSubdirectory("ragapp-leaks-").FullName;
    private readonly EmbeddedRedis _redis = new();
    private readonly List<WebApplication> _running = [];
    private readonly List<string> _addresses = [];
    private readonly WatchedTelemetry _telemetry;
    private TokenIssuer _issuer = null!;
    private RepeatingModel _model = null!;
    private WebApplication _ingestion = null!;

    private LeakServices(WatchedTelemetry telemetry) => _telemetry = telemetry;

    public Uri Quoting => new(_running[^2].Urls.Single());

    public Uri Model => new(_running[^1].Urls.Single());

    public TokenIssuer Issuer => _issuer;

    public static async Task<LeakServices> StartAsync(WatchedTelemetry telemetry, CancellationToken cancellationToken)
    {
        var services = new LeakServices(telemetry);
        try
        {
            services._issuer = await TokenIssuer.StartAsync(cancellationToken);
            services._model = await RepeatingModel.StartAsync(cancellationToken);
            await services.AddAsync("embedding", RagApp.Embedding.Program.Build, [], cancellationToken);
            services._ingestion = await services.AddAsync(
                "document-ingestion", RagApp.Ingestion.Program.Build, ["--Dlp:Default:Iban=quarantine", "--Dlp:Default:PaymentCard=redact", "--Processing:Drain=00:00:00"], cancellationToken);
            await services.AddAsync("query-router", RagApp.Query.Program.Build, [], cancellationToken);
            string[] gateway = ["--RateLimits:PerPrincipal=0", "--RateLimits:PerAddress=0", .. services._issuer.Settings];
            await services.AddAsync("api-gateway", RagApp.Gateway.Program.Build, gateway, cancellationToken);
            await services.AddAsync("api-gateway", RagApp.Gateway.Program.Build, [.. gateway, .. services._model.Settings], cancellationToken);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>The OpenAPI document that the gateway serves.</summary>
    public async Task<JsonNode> ReadOpenApiAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<JsonNode>(new Uri(Quoting, "openapi/v1.json"), cancellationToken))!;
    }

    /// <summary>Lets an operator decide on a version in quarantine.</summary>
    public async Task DecideAsync(MadeDocument document, bool isReleased, CancellationToken cancellationToken)
    {
        var quarantine = _ingestion.Services.GetRequiredService<Quarantine>();
        var held = await quarantine.FindAsync(document.Id, cancellationToken) ?? throw new InvalidOperationException($"The document is not held: {document}");
        _ = isReleased ? await quarantine.ReleaseAsync(held, "operator", why: null, cancellationToken) : await quarantine.RefuseAsync(held, "operator", why: null, cancellationToken);
    }

    /// <summary>Builds the index of all tenants anew while it is used.</summary>
    public Task RebuildAsync(CancellationToken cancellationToken) =>
        ActivatorUtilities.CreateInstance<RebuildIndexVerb>(_ingestion.Services).RunAsync(VerbArguments.None, new Progress<VerbUpdate>(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_running))
        {
            await service.StopAsync(CancellationToken.None);
            await service.DisposeAsync();
        }
        if (_model is not null)
            await _model.DisposeAsync();
        if (_issuer is not null)
            await _issuer.DisposeAsync();
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<WebApplication> AddAsync(string name, Func<string[], WebApplication> build, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var service = build(
        [
            "--urls=http://127.0.0.1:0", $"--Identity:SigningKey={SigningKey}", $"--Storage:DataPath={_folder}", $"--ConnectionStrings:redis={_redis.ConnectionString}",
            "--Logging:LogLevel:Default=Debug", "--Logging:Console:LogLevel:Default=None", .. _addresses, .. settings,
        ]);
        service.Services.GetRequiredService<ILoggerFactory>().AddProvider(_telemetry);
        await service.StartAsync(cancellationToken);
        _running.Add(service);
        _addresses.Add($"--services:{name}:http:0={service.Urls.Single()}");
        return service;
    }
}
