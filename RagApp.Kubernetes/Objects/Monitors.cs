using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>Monitoring: the endpoints that Prometheus reads, its alerts, and the dashboards of Grafana.</summary>
internal static class Monitors
{
    private const string File = "monitoring";
    private const string Version = "monitoring.coreos.com/v1";
    private const string Enabled = ".Values.monitoring.enabled";

    public static IEnumerable<ChartTemplate> Of(Chart chart)
    {
        foreach (var workload in chart.Workloads.Where(workload => workload.Metrics is not null))
            yield return new ChartTemplate(File, MonitorOf(chart, workload), Enabled);
        if (chart.Options.Alerts.Count > 0)
            yield return new ChartTemplate(File, RulesOf(chart), Enabled);
        if (chart.Options.Dashboards.Count > 0)
            yield return new ChartTemplate("dashboards", DashboardsOf(chart), Enabled);
    }

    private static CustomObject MonitorOf(Chart chart, Workload workload) => new()
    {
        ApiVersion = Version,
        Kind = "ServiceMonitor",
        Metadata = chart.Named(workload.Name),
        Spec = new
        {
            selector = new { matchLabels = new { app = workload.Name } },
            endpoints = new[]
            {
                new
                {
                    port = workload.Metrics!.Name,
                    path = "/metrics",
                    interval = "30s",
                    authorization = workload.Deployment.MetricsKey is { } key ? new { type = "Bearer", credentials = new { name = key.Secret, key = key.Key } } : null,
                    relabelings = new[] { new { targetLabel = "cluster", replacement = chart.Helm.Text(".Values.cluster.name") } },
                },
            },
        },
    };

    private static CustomObject RulesOf(Chart chart) => new()
    {
        ApiVersion = Version,
        Kind = "PrometheusRule",
        Metadata = chart.Named(chart.Options.Name),
        Spec = new
        {
            groups = new[]
            {
                new
                {
                    name = chart.Options.Name,
                    rules = chart.Options.Alerts.Select(alert => new
                    {
                        alert = alert.Name,
                        expr = InNamespace(chart, alert.Expression),
                        @for = alert.For,
                        labels = new { severity = alert.Severity },
                        annotations = new { summary = alert.Summary },
                    }).ToArray(),
                },
            },
        },
    };

    /// <summary>A query or dashboard for the chart's namespace.</summary>
    public static string InNamespace(Chart chart, string text) => text.Replace(ChartOptions.NamespacePlaceholder, chart.Namespace, StringComparison.Ordinal);

    /// <summary>Grafana's sidecar finds the dashboards by their label.</summary>
    private static V1ConfigMap DashboardsOf(Chart chart)
    {
        var metadata = chart.Named($"{chart.Options.Name}-dashboards", chart.Options.Name);
        metadata.Labels["grafana_dashboard"] = "1";
        return new V1ConfigMap { Metadata = metadata, Data = chart.Options.Dashboards.ToDictionary(file => file.Key, file => InNamespace(chart, file.Value), StringComparer.Ordinal) }.Initialized();
    }
}
