namespace RagApp.Benchmarks.Leaks;

/// <summary>A world of documents, the services that have them, and what was seen of them so far.</summary>
internal sealed class LeakSearch : IAsyncDisposable
{
    private readonly WatchedTelemetry _telemetry;
    private readonly LeakServices _services;
    private readonly LeakClient _client;
    private readonly LeakRun _run;

    private LeakSearch(MadeWorld world, WatchedTelemetry telemetry, LeakServices services, IReadOnlyList<string> routes)
    {
        (World, _telemetry, _services) = (world, telemetry, services);
        Tally = new LeakTally(world);
        _client = new LeakClient(services);
        _run = new LeakRun(world, services, _client, Tally, new LeakRequests(world, routes), telemetry);
    }

    public MadeWorld World { get; }

    public LeakTally Tally { get; }

    /// <summary>Starts the services, and uploads the first documents.</summary>
    public static async Task<LeakSearch> StartAsync(int seed, int documents, CancellationToken cancellationToken)
    {
        var world = new MadeWorld(seed);
        var telemetry = new WatchedTelemetry(world.Words);
        var services = await LeakServices.StartAsync(telemetry, cancellationToken);
        var search = new LeakSearch(world, telemetry, services, LeakRequests.RoutesOf(await services.ReadOpenApiAsync(cancellationToken)));
        await search._run.FillAsync(documents, cancellationToken);
        return search;
    }

    /// <summary>Changes documents and asks, until the number of cases is reached.</summary>
    public Task RunAsync(long cases, IProgress<long> progress, CancellationToken cancellationToken) => _run.RunAsync(cases, progress, cancellationToken);

    /// <summary>Ends the services, and looks through what they logged and traced.</summary>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _services.DisposeAsync();
        _telemetry.ReadSpans();
        _telemetry.ReadSpans(); // the second time reads those that ended last
        Tally.Add(_telemetry);
        _telemetry.Dispose();
    }
}
