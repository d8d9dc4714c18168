using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagApp.ServiceDefaults.Health;

namespace RagApp.Benchmarks.Services;

/// <summary>A server process on a free loopback port; disposing it ends the process.</summary>
internal sealed class ServiceProcess(Process process, int port) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public int Port => port;

    /// <summary>HTTP address of a service.</summary>
    public string Address => AddressAt(port);

    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Processor time that the process has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a Redis server that writes every command to its disk before it answers.</summary>
    /// <exception cref="UsageException">There is no Redis server on the PATH.</exception>
    public static async Task<ServiceProcess> StartRedisAsync(string folder)
    {
        var port = FreePort.Next();
        try
        {
            return await StartAsync(port, "redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", ""], CancellationToken.None);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException("There is no redis-server on the PATH: on Debian, apt-get install redis-server.");
        }
    }

    /// <summary>Starts a service of RagApp, given by its project, as a separate process.</summary>
    public static Task<ServiceProcess> StartServiceAsync(string project, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        return StartAsync(port, "dotnet", [Path.Combine(AppContext.BaseDirectory, $"{project}.dll"), $"--urls={AddressAt(port)}", .. settings], cancellationToken);
    }

    /// <summary>Waits until the service reports that it is ready.</summary>
    public async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        while (true)
        {
            using var response = await http.GetAsync(new Uri(HealthExtensions.ReadinessPath, UriKind.Relative), cancellationToken);
            if (await response.Content.ReadAsStringAsync(cancellationToken) == nameof(HealthStatus.Healthy))
                return;
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static string AddressAt(int port) => $"http://127.0.0.1:{port}";

    private static async Task<ServiceProcess> StartAsync(int port, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var service = new ServiceProcess(process, port);
        try
        {
            await service.UntilListeningAsync(cancellationToken);
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    private async Task UntilListeningAsync(CancellationToken cancellationToken)
    {
        while (!process.HasExited)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(Look, TimeProvider.System, cancellationToken);
            }
        }
        throw new InvalidOperationException($"'{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList.Take(1))}' ended with {process.ExitCode} before it listened.");
    }
}
