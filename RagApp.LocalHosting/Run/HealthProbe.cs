using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>Asks one instance for its health: four times a second until it is well, then every five seconds.</summary>
internal sealed class HealthProbe(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);

    public static HealthReport NotRun(HttpHealthCheck check, Resource resource) => new(check.Key(resource.Name), null, "", null);

    /// <summary>Reports after every round, until cancelled.</summary>
    public async Task RunAsync(Resource resource, int replica, Action<IReadOnlyList<HealthReport>> report, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var reports = await Task.WhenAll(resource.HealthChecks.Select(c => CheckAsync(resource, replica, c, cancellationToken)));
            cancellationToken.ThrowIfCancellationRequested();
            report(reports);
            await Task.Delay(Array.TrueForAll(reports, r => r.IsHealthy == true) ? WhileHealthy : WhileUnhealthy, time, cancellationToken);
        }
    }

    private async Task<HealthReport> CheckAsync(Resource resource, int replica, HttpHealthCheck check, CancellationToken cancellationToken)
    {
        var endpoint = new EndpointReference(resource, check.EndpointName).Endpoint;
        var url = new Uri($"{endpoint.Scheme}://localhost:{endpoint.TargetPorts[replica]}{check.Path}");
        try
        {
            using var response = await http.GetAsync(url, cancellationToken);
            var healthy = (int)response.StatusCode == check.StatusCode;
            return Report(healthy, $"{url} answered {(int)response.StatusCode}{(healthy ? "" : $", expected {check.StatusCode}")}.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return Report(false, $"{url} did not answer: {e.Message}");
        }

        HealthReport Report(bool healthy, string description) => new(check.Key(resource.Name), healthy, description, time.GetUtcNow());
    }
}
