using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Autoscalers by processor use. They grow by two pods a minute up to a ceiling, so that a flood of requests cannot grow the bill
/// without limit, and shrink by one a minute after five quiet minutes.
/// </summary>
internal static class Scaling
{
    private const int TargetPercent = 70;
    private const string Enabled = ".Values.autoscaling.enabled";
    private const string ByKeda = ".Values.autoscaling.keda";

    /// <summary>The autoscaler of a workload. With a backlog there are two, of which a value chooses one: KEDA makes an autoscaler of its own.</summary>
    public static IEnumerable<ChartTemplate> Of(Chart chart, Workload workload)
    {
        if (!workload.Deployment.Pods.IsScaled)
            yield break;
        yield return new ChartTemplate(workload.Name, ByProcessors(chart, workload), workload.Deployment.Backlog is null ? Enabled : $"and {Enabled} (not {ByKeda})");
        if (workload.Deployment.Backlog is { } backlog)
            yield return new ChartTemplate(workload.Name, ByBacklog(chart, workload, backlog), $"and {Enabled} {ByKeda}");
    }

    private static V2HorizontalPodAutoscaler ByProcessors(Chart chart, Workload workload) => new V2HorizontalPodAutoscaler
    {
        Metadata = chart.Named(workload.ObjectName, workload.Name),
        Spec = new()
        {
            ScaleTargetRef = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = workload.ObjectName },
            MinReplicas = chart.Helm.Number(workload.Value("leastPods")),
            MaxReplicas = chart.Helm.Number(workload.Value("mostPods")),
            Metrics =
            [
                new()
                {
                    Type = "ContainerResource",
                    ContainerResource = new() { Name = "cpu", Container = workload.Name, Target = new() { Type = "Utilization", AverageUtilization = TargetPercent } },
                },
            ],
            Behavior = Behaviour(),
        },
    }.Initialized();

    private static V2HorizontalPodAutoscalerBehavior Behaviour() => new()
    {
        ScaleUp = new() { StabilizationWindowSeconds = 30, SelectPolicy = "Max", Policies = [new() { Type = "Pods", Value = 2, PeriodSeconds = 60 }] },
        ScaleDown = new() { StabilizationWindowSeconds = 300, SelectPolicy = "Max", Policies = [new() { Type = "Pods", Value = 1, PeriodSeconds = 60 }] },
    };

    private static CustomObject ByBacklog(Chart chart, Workload workload, Backlog backlog) => new()
    {
        ApiVersion = "keda.sh/v1alpha1",
        Kind = "ScaledObject",
        Metadata = chart.Named(workload.ObjectName, workload.Name),
        Spec = new
        {
            scaleTargetRef = new { apiVersion = "apps/v1", kind = "Deployment", name = workload.ObjectName },
            minReplicaCount = chart.Helm.Number(workload.Value("leastPods")),
            maxReplicaCount = chart.Helm.Number(workload.Value("mostPods")),
            advanced = new { horizontalPodAutoscalerConfig = new { behavior = Behaviour() } },
            triggers = new object[]
            {
                new { type = "cpu", metricType = "Utilization", metadata = new { value = $"{TargetPercent}", containerName = workload.Name } },
                new
                {
                    type = "prometheus",
                    metadata = new
                    {
                        serverAddress = chart.Helm.Text(".Values.autoscaling.prometheus"),
                        query = Monitors.InNamespace(chart, backlog.Query),
                        threshold = $"{backlog.PerPod}",
                    },
                },
            },
        },
    };
}
