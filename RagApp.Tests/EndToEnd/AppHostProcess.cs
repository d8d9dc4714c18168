using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.EndToEnd;

/// <summary>The real AppHost, as <c>dotnet run</c> starts it, on a free port and with a data folder of its own.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private bool _disposed;

    private AppHostProcess(Process process, int port)
    {
        _process = process;
        Gateway = new Uri($"http://localhost:{port}");
    }

    public Uri Gateway { get; }

    public int Id => _process.Id;

    /// <summary>What the AppHost and its children printed, for the message of a failed test.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the AppHost and returns when the gateway is ready.</summary>
    public static async Task<AppHostProcess> StartAsync(string dataPath, CancellationToken cancellationToken, params string[] arguments)
    {
        var port = FreePort.Next();
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.Combine(Repository.Root, "RagApp.AppHost"),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ENVIRONMENT"] = "Development" },
        };
        foreach (var argument in (string[])[BuiltAppHost, $"--Gateway:Port={port}", $"--Stores:DataPath={dataPath}", .. arguments])
            start.ArgumentList.Add(argument);

        var app = new AppHostProcess(Process.Start(start)!, port);
        app.Collect();
        try
        {
            await app.WaitUntilReadyAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the AppHost at once, as the kernel would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.HasExited)
        {
            _ = SendSignal(_process.Id, Sigterm);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        _process.Dispose();
    }

    /// <summary>Built by the solution beside the tests, in the same configuration.</summary>
    private static string BuiltAppHost
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(
                Repository.Root, "RagApp.AppHost", "bin", output.Parent!.Name, output.Name, "RagApp.AppHost.dll");
        }
    }

    private void Collect()
    {
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Add(string? line)
        {
            if (line is not null)
                _output.Enqueue(line);
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Gateway };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (!await IsReadyAsync(http, limit.Token))
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"The AppHost ended with {_process.ExitCode}:\n{Output}");
                await tick.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The gateway was not ready within {StartLimit.TotalSeconds:0} s:\n{Output}", e);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("ready", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SendSignal(int processId, int signal);
}
