using System.Globalization;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace RagApp.AppHost.Running;

/// <summary>Says once, when every service is ready, where the page and the dashboard are.</summary>
internal sealed class ClosingBlock(
    DistributedApplicationModel model, ResourceNotificationService notifications, DistributedApplicationOptions options, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    private const string Dashboard = "aspire-dashboard";
    private const string Gateway = "api-gateway";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var started = time.GetTimestamp();
        try
        {
            var services = model.Resources.Where(resource => resource is ProjectResource or ContainerResource).ToList();
            var times = await Task.WhenAll(services.Select(service => WhenReadyAsync(service, started, stopping.Token)));
            var page = await AddressAsync(Gateway, stopping.Token);
            var dashboard = options.DisableDashboard ? null : await AddressAsync(Dashboard, stopping.Token);
            await Console.Out.WriteLineAsync(Text(page, dashboard, services.Zip(times)));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task<TimeSpan> WhenReadyAsync(IResource service, long started, CancellationToken cancellationToken)
    {
        await notifications.WaitForResourceHealthyAsync(service.Name, WaitBehavior.WaitOnResourceUnavailable, cancellationToken);
        return time.GetElapsedTime(started);
    }

    /// <summary>The first address that is shown for a resource; the dashboard's has the token of its login.</summary>
    private async Task<string> AddressAsync(string resource, CancellationToken cancellationToken)
    {
        var known = await notifications.WaitForResourceAsync(resource, change => First(change.Snapshot) is not null, cancellationToken);
        return First(known.Snapshot)!;

        static string? First(CustomResourceSnapshot snapshot) => snapshot.Urls.FirstOrDefault(url => url is { IsInactive: false, Name: "http" or "https" })?.Url;
    }

    private static string Text(string page, string? dashboard, IEnumerable<(IResource Service, TimeSpan ReadyAfter)> services)
    {
        var text = new StringBuilder().AppendLine().AppendLine("RagApp is ready.").AppendLine();
        foreach (var (service, readyAfter) in services)
        {
            var replicas = service is ProjectResource project && project.GetReplicaCount() is > 1 and var count ? $", {count} replicas" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {service.Name,-20} ready after {readyAfter.TotalSeconds:0.0} s{replicas}");
        }
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"  Page       {page}");
        if (dashboard is not null)
            text.AppendLine(CultureInfo.InvariantCulture, $"  Dashboard  {dashboard}");
        return text.AppendLine().Append("Ctrl+C ends everything.").ToString();
    }
}
