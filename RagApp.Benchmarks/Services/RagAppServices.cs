namespace RagApp.Benchmarks.Services;

/// <summary>All services of RagApp as separate processes on free loopback ports, with the embedded stores in one data folder; disposing it ends them.</summary>
internal sealed class RagAppServices : IDisposable
{
    private const string SigningKey = "a signing key for measurements, long enough to be one";
    private const string Password = "a-password-for-measurements";

    private readonly List<ServiceProcess> _running = [];
    private readonly List<string> _addresses = [];
    private readonly string[] _stores;

    private RagAppServices(string dataPath, int redis) => _stores =
    [
        $"--Cache:Port={redis}", $"--Cache:Password={Password}", $"--Cache:DataPath={Path.Combine(dataPath, "cache")}",
        $"--Storage:DataPath={dataPath}", $"--ConnectionStrings:redis=127.0.0.1:{redis},password={Password}",
        $"--Identity:SigningKey={SigningKey}", "--Logging:LogLevel:Default=Error",
    ];

    public Uri Gateway => new(_running[^1].Address);

    /// <summary>Starts the services in the order of the AppHost, each after the services that it calls are ready.</summary>
    /// <param name="dataPath">Full path of the data folder, new or of an earlier start.</param>
    /// <param name="gatewaySettings">Settings of the gateway, such as API keys, as command-line arguments.</param>
    public static async Task<RagAppServices> StartAsync(
        string dataPath, IReadOnlyList<string> gatewaySettings, CancellationToken cancellationToken)
    {
        var services = new RagAppServices(dataPath, FreePort.Next());
        try
        {
            await services.AddAsync("cache", "RagApp.Cache", [], cancellationToken);
            await services.AddAsync("embedding", "RagApp.Embedding", [], cancellationToken);
            await services.AddAsync("document-ingestion", "RagApp.Ingestion", [], cancellationToken);
            await services.AddAsync("query-router", "RagApp.Query", [], cancellationToken);
            await services.AddAsync("api-gateway", "RagApp.Gateway", ["--RateLimits:PerPrincipal=0", "--RateLimits:PerAddress=0", .. gatewaySettings], cancellationToken);
            return services;
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var service in Enumerable.Reverse(_running))
            service.Dispose();
    }

    private async Task AddAsync(string name, string project, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var service = await ServiceProcess.StartServiceAsync(project, [.. _stores, .. _addresses, .. settings], cancellationToken);
        _running.Add(service);
        _addresses.Add($"--services:{name}:http:0={service.Address}");
        await service.UntilReadyAsync(cancellationToken);
    }
}
