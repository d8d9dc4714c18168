using System.Diagnostics;
using System.Globalization;
using RagApp.Benchmarks.Services;

namespace RagApp.Tests.TestServices;

/// <summary>A real Redis server on a free loopback port with its own folder; its append-only log survives <see cref="RestartAsync"/>.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _port = FreePort.Next();
    private Process? _process;

    /// <summary>Reason why no Redis server can be started on this machine; null when one can.</summary>
    public static string? Missing =>
        Program is null ? "There is no redis-server on the PATH: install it, on Debian with 'apt-get install redis-server'." : null;

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},abortConnect=false,connectTimeout=2000,syncTimeout=10000");

    public static bool IsAvailable => Program is not null;

    private static string? Program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "redis-server.exe" : "redis-server"))
            .FirstOrDefault(File.Exists);

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        for (var attempts = 5; !await server.TryLaunchAsync(); attempts--)
        {
            if (attempts == 1)
                throw new InvalidOperationException("redis-server did not start on five ports, one after another.");
            server._port = FreePort.Next(); // a process beside this one took the port in between
        }
        return server;
    }

    /// <summary>Stops the server as a crash would, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await LaunchAsync();
    }

    /// <summary>Stops the server as a crash would, deletes its data, and starts it again.</summary>
    /// <param name="between">Action to run while the server is down.</param>
    public async Task RestartEmptyAsync(Func<Task> between)
    {
        await StopAsync();
        await between();
        Directory.Delete(Path.Combine(_folder.Path, "appendonlydir"), recursive: true);
        await LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task LaunchAsync()
    {
        if (!await TryLaunchAsync())
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"redis-server did not start on port {_port}."));
    }

    /// <returns>False when another process listens on the port.</returns>
    private async Task<bool> TryLaunchAsync()
    {
        // What a killed process has written to its log is in the system's cache and survives it. Waiting for the disk would only make tests depend on how
        // busy the disk is.
        const string DoNotWaitForTheDisk = "no";
        var port = _port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo(
            Program!, ["--port", port, "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", "--appendonly", "yes", "--appendfsync", DoNotWaitForTheDisk])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        // The line "Ready to accept connections" marks the end of the start.
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("Ready to accept", StringComparison.Ordinal))
                continue;
            _ = _process.StandardOutput.ReadToEndAsync();
            return true;
        }
        await StopAsync();
        return false;
    }

    private async Task StopAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
