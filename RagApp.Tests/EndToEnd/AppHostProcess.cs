using System.Diagnostics;
using System.Globalization;
using System.Text;
using RagApp.Benchmarks.Services;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.EndToEnd;

/// <summary>The real AppHost in its own terminal, on a free port, with its own data folder and optionally its own home folder.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    /// <summary>Last line of the message that everything is ready.</summary>
    public const string Ready = "Ctrl+C ends everything.";

    /// <summary>
    /// Environment variable that marks every process of a run. Process ids of parents do not help: DCP runs in its own session,
    /// so the services are not children of the AppHost.
    /// </summary>
    private const string MarkName = "RAGAPP_TEST_RUN";
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    private readonly Process _terminal;
    private readonly StringBuilder _output = new();
    private readonly string _mark;
    private readonly Task _reading;
    private bool _disposed;

    private AppHostProcess(Process terminal, int port, string mark)
    {
        _terminal = terminal;
        _mark = mark;
        Gateway = new Uri($"http://localhost:{port}");
        _reading = ReadAsync();
    }

    public Uri Gateway { get; }

    /// <summary>Text that the terminal has shown.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public bool HasEnded => _terminal.HasExited;

    public static AppHostProcess Start(string dataPath, string? home = null, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a terminal by script(1), and /proc.");
        var port = FreePort.Next();
        var mark = Guid.NewGuid().ToString("N");
        string[] command = ["exec", "dotnet", Repository.BuiltOutput("RagApp.AppHost"), $"--Gateway:Port={port}", $"--Stores:DataPath={dataPath}", .. arguments];
        var start = new ProcessStartInfo("script", ["-qefc", string.Join(' ', command), "/dev/null"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "RagApp.AppHost"),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_ENVIRONMENT"] = "Development", [MarkName] = mark },
        };
        if (home is not null)
            start.Environment["HOME"] = home;
        return new AppHostProcess(Process.Start(start)!, port, mark);
    }

    /// <summary>Starts the AppHost and waits until everything is ready.</summary>
    public static async Task<AppHostProcess> StartAsync(string dataPath, string? home = null, params string[] arguments)
    {
        var app = Start(dataPath, home, arguments);
        try
        {
            await app.UntilReadyAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public Task UntilReadyAsync() => UntilAsync(() => Output.Contains(Ready, StringComparison.Ordinal));

    /// <summary>Waits until the condition is true; fails with the AppHost's output when the AppHost exits first.</summary>
    public Task UntilAsync(Func<bool> condition) => Eventually.HoldsAsync(
        () =>
        {
            var holds = condition();
            (holds || !HasEnded).ShouldBeTrue(Output);
            return holds;
        }, $"the AppHost is as expected; its output:\n{Output}");

    /// <summary>
    /// Running processes of this run whose command line contains <paramref name="part"/>, without the terminal and without a
    /// process that is about to become the AppHost.
    /// </summary>
    public IReadOnlyList<int> Processes(string part = "") =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && id != _terminal.Id
                && Read(id, "environ").Contains($"{MarkName}={_mark}", StringComparison.Ordinal)
                && Read(id, "cmdline").Contains(part, StringComparison.Ordinal)
                && Read(id, "comm").Trim() is not ("script" or "sh")),
    ];

    public Task PressCtrlCAsync() => PressAsync('\x03');

    /// <summary>Waits until the command in the terminal has ended.</summary>
    public Task UntilEndedAsync() => _terminal.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StopLimit, TestContext.Current.CancellationToken);

    /// <summary>Kills the AppHost at once, as the kernel would.</summary>
    public async Task KillAsync()
    {
        using var process = Process.GetProcessById(Processes("RagApp.AppHost.dll").ShouldHaveSingleItem());
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!HasEnded)
        {
            await PressCtrlCAsync();
            try
            {
                await UntilEndedAsync();
            }
            catch (TimeoutException)
            {
                _terminal.Kill(entireProcessTree: true);
            }
        }
        await _reading;
        _terminal.Dispose();
    }

    private async Task PressAsync(char key)
    {
        await _terminal.StandardInput.WriteAsync(key);
        await _terminal.StandardInput.FlushAsync();
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _terminal.StandardOutput.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_output)
                _output.Append(buffer, 0, count);
        }
    }

    /// <summary>Reads a file of /proc; empty when the process has ended or is a zombie.</summary>
    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}").Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
