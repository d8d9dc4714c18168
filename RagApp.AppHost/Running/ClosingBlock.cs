using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace RagApp.AppHost.Running;

/// <summary>
/// Prints the addresses of page and dashboard and the state of each service once all services are ready. If a service is not ready
/// after <see cref="ReadyTimeout"/>, the block is printed early with the reason, and once more when all are ready.
/// </summary>
internal sealed class ClosingBlock(
    DistributedApplicationModel model, ResourceNotificationService notifications, DistributedApplicationOptions options, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    private const string Dashboard = "aspire-dashboard";
    private const string Gateway = "api-gateway";
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AddressTimeout = TimeSpan.FromSeconds(10);

    private readonly List<IResource> _services = [.. model.Resources.Where(resource => resource is ProjectResource or ContainerResource)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var cancelled = stopping.Token;
        try
        {
            var allReady = Task.WhenAll(_services.Select(service => notifications.WaitForResourceHealthyAsync(service.Name, WaitBehavior.WaitOnResourceUnavailable, cancelled)));
            var first = await Task.WhenAny(allReady, Task.Delay(ReadyTimeout, time, cancelled));
            cancelled.ThrowIfCancellationRequested();
            if (first != allReady)
                await Console.Out.WriteLineAsync(await TextAsync("RagApp is not ready yet.", isReady: false, cancelled));
            await allReady;
            var sinceStart = time.GetUtcNow() - new DateTimeOffset(Process.GetCurrentProcess().StartTime);
            await Console.Out.WriteLineAsync(await TextAsync(string.Create(CultureInfo.InvariantCulture, $"RagApp is ready after {sinceStart.TotalSeconds:0} s."), isReady: true, cancelled));
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
        }
    }

    private async Task<string> TextAsync(string headline, bool isReady, CancellationToken cancellationToken)
    {
        var text = new StringBuilder().AppendLine().AppendLine(headline).AppendLine();
        foreach (var service in _services)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {service.Name,-20} {await StateAsync(service, cancellationToken)}");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"  Page       {await AddressAsync(Gateway, isReady, cancellationToken)}");
        if (!options.DisableDashboard)
            text.AppendLine(CultureInfo.InvariantCulture, $"  Dashboard  {await AddressAsync(Dashboard, isReady, cancellationToken)}");
        return text.AppendLine().Append("Ctrl+C ends everything.").ToString();
    }

    private async Task<string> StateAsync(IResource service, CancellationToken cancellationToken)
    {
        var snapshot = (await notifications.WaitForResourceAsync(service.Name, _ => true, cancellationToken)).Snapshot;
        if (snapshot.HealthStatus == HealthStatus.Healthy)
            return service.GetReplicaCount() is > 1 and var replicas ? string.Create(CultureInfo.InvariantCulture, $"ready, {replicas} replicas") : "ready";
        var reason = snapshot.HealthReports.FirstOrDefault(report => report.Status != HealthStatus.Healthy)?.Description;
        return $"{snapshot.State?.Text}{(reason is null ? "" : $", {reason}")}";
    }

    /// <summary>The first link of a resource; the dashboard's link holds its login token.</summary>
    private async Task<string> AddressAsync(string resource, bool isReady, CancellationToken cancellationToken)
    {
        try
        {
            var known = await notifications.WaitForResourceAsync(resource, change => !isReady || First(change.Snapshot) is not null, cancellationToken)
                .WaitAsync(AddressTimeout, time, cancellationToken);
            return First(known.Snapshot) ?? "not there yet";
        }
        catch (TimeoutException)
        {
            return "not there";
        }

        static string? First(CustomResourceSnapshot snapshot) => snapshot.Urls.FirstOrDefault(url => url is { IsInactive: false, Name: "http" or "https" })?.Url;
    }
}
