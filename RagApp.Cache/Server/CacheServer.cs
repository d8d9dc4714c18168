using Garnet;
using Microsoft.Extensions.Options;

namespace RagApp.Cache.Server;

/// <summary>Runs Garnet in this process, on loopback and with a password. An acknowledged write is on disk.</summary>
internal sealed class CacheServer(IOptions<CacheServerOptions> options, ILoggerFactory loggers, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private GarnetServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Value.DataPath);
        _server = new GarnetServer(Arguments(options.Value), new GarnetLoggers(loggers, lifetime.ApplicationStopping));
        _server.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _server?.Dispose();

    private static string[] Arguments(CacheServerOptions options) =>
    [
        "--bind", "127.0.0.1",
        "--port", $"{options.Port}",
        "--auth", "Password",
        "--password", options.Password,

        // Scripts run in transactions, with their keys locked: without --lua-transaction-mode they are not atomic.
        "--lua", "--lua-transaction-mode",

        // Every write waits for the append-only file. Garnet's default storage device aborts on Debian 12 at the first write.
        "--aof", "--aof-commit-wait",
        "--device-type", "RandomAccess",
        "--recover",
        "--checkpointdir", Path.Combine(options.DataPath, "checkpoints"),
        "--logdir", Path.Combine(options.DataPath, "log"),

        // Records that do not fit in memory go to disk instead of being dropped.
        "--storage-tier",
        "--memory", "256m", "--page", "4m", "--segment", "64m",
        "--index", "16m", "--index-max-size", "128m",

        // Disk use is bounded: when the append-only file passes 256 MB, a checkpoint is taken and the file truncated; old segments are compacted.
        "--aof-memory", "32m", "--aof-page-size", "8m", "--aof-segment-size", "64m",
        "--aof-size-limit", "256m",
        "--compaction-freq", "300", "--compaction-type", "Lookup", "--compaction-max-segments", "8",
    ];
}
