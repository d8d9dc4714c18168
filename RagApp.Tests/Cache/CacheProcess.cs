using System.Diagnostics;
using System.Net;
using RagApp.Benchmarks.Services;
using RagApp.Tests.TestServices;
using StackExchange.Redis;

namespace RagApp.Tests.Cache;

/// <summary>RagApp.Cache as a separate process, on free ports.</summary>
internal sealed class CacheProcess : IDisposable
{
    public const string Password = "a-password-for-tests";

    private readonly Process _process;
    private readonly int _port;

    private CacheProcess(Process process, int port)
    {
        _process = process;
        _port = port;
    }

    public static async Task<CacheProcess> StartAsync(string dataPath)
    {
        var port = FreePort.Next();
        var health = new Uri($"http://localhost:{FreePort.Next()}/");
        var start = Careless.Start("RagApp.Cache");
        start.RedirectStandardOutput = true;
        start.Environment["ASPNETCORE_URLS"] = health.ToString();
        start.Environment["Cache__Port"] = $"{port}";
        start.Environment["Cache__Password"] = Password;
        start.Environment["Cache__DataPath"] = dataPath;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        await ReadyAsync(new Uri(health, "ready"), process);
        return new CacheProcess(process, port);
    }

    public Task<ConnectionMultiplexer> ConnectAsync(string password = Password) => ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
    {
        EndPoints = { { IPAddress.Loopback, _port } },
        Password = password,
        ConnectRetry = 0,
        AllowAdmin = true,
    });

    /// <summary>Kills the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task ReadyAsync(Uri ready, Process process)
    {
        using var http = new HttpClient();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            if (process.HasExited)
                throw new InvalidOperationException($"RagApp.Cache ended with {process.ExitCode}.");
            try
            {
                using var response = await http.GetAsync(ready, TestContext.Current.CancellationToken);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // The process does not listen yet.
            }
        }
    }
}
