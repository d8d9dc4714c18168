using System.Diagnostics;
using System.Globalization;

namespace RagApp.Tests.TestServices;

/// <summary>A real Redis server on a free loopback port with a folder of its own; its log of writes survives <see cref="RestartAsync"/>.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private Process? _process;

    /// <summary>Why there is none here, or null.</summary>
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
        await server.LaunchAsync();
        return server;
    }

    /// <summary>Stops the server as a crash would and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await LaunchAsync();
    }

    /// <summary>Stops the server as a crash would and starts it again without anything that was in it.</summary>
    /// <param name="between">What to do while it is down.</param>
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
        var port = _port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo(
            Program!, ["--port", port, "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", "--appendonly", "yes", "--appendfsync", "always"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        // "Ready to accept connections" ends the start.
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept", StringComparison.Ordinal))
            continue;
        _ = _process.StandardOutput.ReadToEndAsync();
        if (_process.HasExited)
            throw new InvalidOperationException($"redis-server did not start on port {port}.");
    }

    private async Task StopAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
