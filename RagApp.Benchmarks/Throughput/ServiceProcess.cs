using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RagApp.Benchmarks.Throughput;

/// <summary>A server on a free loopback port, ended when disposed.</summary>
internal sealed class ServiceProcess(Process process, int port) : IDisposable
{
    public int Port => port;

    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Redis that writes every command through to its disk.</summary>
    /// <exception cref="UsageException">There is none on the PATH.</exception>
    public static async Task<ServiceProcess> StartRedisAsync(string folder)
    {
        var port = FreePort();
        try
        {
            return await StartAsync(port, "redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", ""]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException("There is no redis-server on the PATH: on Debian, apt-get install redis-server.");
        }
    }

    /// <summary>The ingestion service in a process of its own.</summary>
    public static Task<ServiceProcess> StartIngestionAsync(params IReadOnlyList<string> settings)
    {
        var port = FreePort();
        return StartAsync(port, "dotnet", [Path.Combine(AppContext.BaseDirectory, "RagApp.Ingestion.dll"), $"--urls=http://127.0.0.1:{port}", .. settings]);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<ServiceProcess> StartAsync(int port, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        while (!process.HasExited)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return new ServiceProcess(process, port);
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
        throw new InvalidOperationException($"{program} ended with {process.ExitCode} before it listened.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
