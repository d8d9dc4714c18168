using Aspire.Hosting.Run;
using Shouldly;
using Xunit;

namespace RagApp.Tests.LocalHosting;

/// <summary>How an application ends.</summary>
public sealed class StopTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_Application_EndsDependentsFirstAndLeavesNoProcess()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks for processes in /proc.");
        await using var application = new TestApplication();
        await application.InitializeAsync();
        var processes = application.Resources.All.Select(s => s.ProcessId).OfType<int>().ToArray();

        await application.StopAsync();

        processes.Length.ShouldBe(3);
        processes.ShouldAllBe(id => !IsRunning(id));
        var store = application.Of("store").Single();
        application.Of("worker-service").ShouldAllBe(w => w.State == ResourceState.Finished && w.StoppedAt <= store.StoppedAt);
    }

    [Fact]
    public async Task Reaper_HostGone_EndsChildWithItsDescendants()
    {
        Assert.SkipUnless(ProcessReaper.UsesSessions, "Sessions of their own are for Linux with setsid.");
        var printed = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        ChildProcess child;
        using (var reaper = new ProcessReaper())
        {
            // A child that will not end on SIGTERM, with a child of its own.
            var start = new ChildProcessStart("/bin/sh", ["-c", "trap '' TERM; sleep 600 & echo $!; wait; wait"], "/", new Dictionary<string, string>());
            child = ChildProcess.Start(start, reaper, (line, _) => printed.TrySetResult(int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)));
            await printed.Task.WaitAsync(Cancelled);
        }

        // The reaper's pipe is closed now, as it is when the host is killed.
        using (child)
            await child.WaitForExitAsync(Cancelled);

        IsRunning(await printed.Task).ShouldBeFalse();
    }

    /// <summary>Whether the process still runs: one that has ended and waits for its parent to notice does not.</summary>
    private static bool IsRunning(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
