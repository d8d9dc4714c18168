using System.ComponentModel;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>Runs the dashboard beside the application: now where it is installed, later where it has to be installed first.</summary>
internal sealed class DashboardHost(
    DashboardSettings settings, ResourceServiceHost resourceService, DashboardInstaller installer, ConsoleOutput console, ProcessReaper reaper, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await resourceService.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await resourceService.StartAsync(stoppingToken);
        if (await FindOrInstallAsync(stoppingToken) is not { } program)
            return;

        var backOff = new RestartBackOff();
        while (!stoppingToken.IsCancellationRequested)
        {
            var startedAt = time.GetTimestamp();
            if (await RunAsync(program, stoppingToken) is not { } exitCode)
                return;
            var delay = backOff.Next(time.GetElapsedTime(startedAt));
            console.Write($"the dashboard exited with code {exitCode}, starts again in {delay.TotalSeconds:0} s");
            await Task.Delay(delay, time, stoppingToken);
        }
    }

    private async Task<DashboardProgram?> FindOrInstallAsync(CancellationToken stoppingToken)
    {
        var found = DashboardProgram.Find(DashboardInstaller.Folder);
        if (found is not null || !settings.MayInstall)
            return found;
        return await installer.InstallAsync(stoppingToken) ? DashboardProgram.Find(DashboardInstaller.Folder) : null;
    }

    /// <summary>The exit code; null when the dashboard was told to end or cannot be run.</summary>
    private async Task<int?> RunAsync(DashboardProgram program, CancellationToken stoppingToken)
    {
        ChildProcess process;
        try
        {
            process = ChildProcess.Start(program.Start(Variables()), reaper, OnLine);
        }
        catch (Win32Exception e)
        {
            console.Write($"the dashboard {program.Path} cannot be run: {e.Message}");
            return null;
        }

        using (process)
        {
            try
            {
                return await process.WaitForExitAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                await process.StopAsync(Grace, time);
                return null;
            }
        }
    }

    /// <summary>The dashboard's own output is noise here, but for the line that says it listens: then its address is worth printing.</summary>
    private void OnLine(string line, bool isError)
    {
        if (line.Contains("Login to the dashboard at", StringComparison.Ordinal))
            console.Write($"Login to the dashboard at {settings.Frontend}login?t={settings.BrowserToken}");
    }

    private Dictionary<string, string> Variables() => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = settings.Frontend.ToString(),
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = settings.Otlp.ToString(),
        ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = "",
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = settings.ResourceService.ToString(),
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
        ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = settings.BrowserToken,
        ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = settings.OtlpKey,
        ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = settings.ResourceServiceKey,
    };
}
