using System.Diagnostics;

namespace Aspire.Hosting.Run;

/// <summary>A running process that ends with everything it started.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly ProcessReaper _reaper;
    private readonly Task _output;

    private ChildProcess(Process process, ProcessReaper reaper, Action<string, bool> onLine)
    {
        _process = process;
        _reaper = reaper;
        _output = Task.WhenAll(ReadLinesAsync(process.StandardOutput, false, onLine), ReadLinesAsync(process.StandardError, true, onLine));
    }

    public int Id => _process.Id;

    /// <param name="onLine">Gets every line of output, and whether it was written to standard error.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be run.</exception>
    public static ChildProcess Start(ChildProcessStart what, ProcessReaper reaper, Action<string, bool> onLine)
    {
        var start = new ProcessStartInfo(ProcessReaper.UsesSessions ? "/usr/bin/setsid" : what.FileName)
        {
            WorkingDirectory = what.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (ProcessReaper.UsesSessions)
            start.ArgumentList.Add(what.FileName);
        foreach (var argument in what.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in what.Environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        reaper.Watch(process.Id);
        process.StandardInput.Close();
        return new ChildProcess(process, reaper, onLine);
    }

    /// <summary>Waits for the end of the process, ends what it left behind, and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        if (ProcessReaper.UsesSessions)
            UnixSignals.KillGroup(_process.Id);
        _reaper.Forget(_process.Id);
        await _output.WaitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    /// <summary>Asks the process to end and, when it has not after <paramref name="grace"/>, ends it with its descendants.</summary>
    public async Task<int> StopAsync(TimeSpan grace, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(grace, time);
        try
        {
            if (!OperatingSystem.IsWindows())
                UnixSignals.TerminateProcess(_process.Id);
            else
                _process.Kill(entireProcessTree: true);
            return await WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            if (ProcessReaper.UsesSessions)
                UnixSignals.KillGroup(_process.Id);
            else
                _process.Kill(entireProcessTree: true);
            return await WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _process.Dispose();

    private static async Task ReadLinesAsync(StreamReader reader, bool isError, Action<string, bool> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
            onLine(line, isError);
    }
}
