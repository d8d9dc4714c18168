using System.ComponentModel;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>
/// One process of a project: waits for its dependencies, starts it, watches its health, starts it again when it
/// crashes, ends it. Start and stop may come from the dashboard at any time.
/// </summary>
internal sealed class ResourceInstance(ProjectResource project, int replica, RunServices services) : IDisposable
{
    /// <summary>How long a process may finish its work after SIGTERM; ASP.NET Core's own limit is 30 s.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(35);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _id = Guid.NewGuid().ToString("N")[..8];
    private ResourceSnapshot _snapshot = null!;
    private CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public string Name => $"{project.Name}-{_id}";

    /// <summary>Its name on the console.</summary>
    public string Label => project.Replicas > 1 ? $"{project.Name}/{replica + 1}" : project.Name;

    public ProjectResource Project => project;

    public LogBuffer Logs { get; } = new();

    public bool IsHealthy => _snapshot.IsHealthy;

    public void PublishInitial() => Publish(new ResourceSnapshot
    {
        Name = Name,
        ResourceName = project.Name,
        Type = "Project",
        CreatedAt = services.Time.GetUtcNow(),
        HealthReports = [.. project.HealthChecks.Select(c => HealthProbe.NotRun(c, project))],
        Properties = [new("project.path", project.Metadata!.ProjectPath)],
        Relationships = ResourceFacts.RelationshipsOf(project),
    });

    public async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_run.IsCompleted)
                return;
            _stop.Dispose();
            _stop = new CancellationTokenSource();
            _run = SuperviseAsync(_stop.Token);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the process and returns when it has gone.</summary>
    public async Task StopAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await _stop.CancelAsync();
            await _run;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _gate.Dispose();
    }

    private async Task SuperviseAsync(CancellationToken stop)
    {
        var backOff = new RestartBackOff();
        try
        {
            await WaitForDependenciesAsync(stop);
            while (true)
            {
                var startedAt = services.Time.GetTimestamp();
                var exitCode = await RunOnceAsync(stop);
                if (exitCode == 0 || stop.IsCancellationRequested)
                    return;

                var delay = backOff.Next(services.Time.GetElapsedTime(startedAt));
                Say($"exited with code {exitCode}, starts again in {delay.TotalSeconds:0} s");
                await Task.Delay(delay, services.Time, stop);
            }
        }
        catch (OperationCanceledException)
        {
            if (_snapshot.State is ResourceState.Waiting)
                Publish(_snapshot with { State = ResourceState.Finished });
        }
        catch (Exception e) when (e is Win32Exception or DistributedApplicationException or IOException)
        {
            Say($"cannot be started: {e.Message}");
            Publish(_snapshot with { State = ResourceState.FailedToStart, StoppedAt = services.Time.GetUtcNow() });
        }
    }

    private async Task WaitForDependenciesAsync(CancellationToken stop)
    {
        var processes = project.Waits.SelectMany(ResourceFacts.ProcessesOf).Distinct().ToArray();
        Publish(_snapshot with { State = processes.Length > 0 ? ResourceState.Waiting : ResourceState.Starting });
        await Task.WhenAll(processes.Select(p => services.Store.WaitAsync(p.Name, s => s.IsHealthy, stop)));
    }

    private async Task<int> RunOnceAsync(CancellationToken stop)
    {
        var environment = services.Environment.Of(project, replica, _id);
        Publish(_snapshot with { State = ResourceState.Starting, Environment = environment, ExitCode = null, StoppedAt = null });
        using var child = ChildProcess.Start(ResourceFacts.StartOf(project, environment), services.Reaper, OnLine);
        Publish(_snapshot with
        {
            State = ResourceState.Running,
            ProcessId = child.Id,
            StartedAt = services.Time.GetUtcNow(),
            Urls = ResourceFacts.UrlsOf(project),
        });

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var health = services.Health.RunAsync(project, replica, r => Publish(_snapshot with { HealthReports = r }), ended.Token);
        var exitCode = await WaitOrStopAsync(child, stop);
        await ended.CancelAsync();
        await health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Publish(_snapshot with
        {
            State = exitCode == 0 ? ResourceState.Finished : ResourceState.Exited,
            ExitCode = exitCode,
            ProcessId = null,
            StoppedAt = services.Time.GetUtcNow(),
            HealthReports = [.. project.HealthChecks.Select(c => HealthProbe.NotRun(c, project))],
        });
        return exitCode;
    }

    private async Task<int> WaitOrStopAsync(ChildProcess child, CancellationToken stop)
    {
        try
        {
            return await child.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return await child.StopAsync(Grace, services.Time);
        }
    }

    private void OnLine(string text, bool isError)
    {
        Logs.Add(text, isError);
        services.Console.Write(Label, text);
    }

    private void Say(string what)
    {
        Logs.Add($"{Label} {what}", isError: true);
        services.Console.Write($"{Label} {what}");
    }

    private void Publish(ResourceSnapshot snapshot)
    {
        _snapshot = snapshot;
        services.Store.Publish(snapshot);
    }
}
