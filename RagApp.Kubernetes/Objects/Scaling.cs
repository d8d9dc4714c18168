using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Autoscalers by processor use. They grow by two pods a minute up to a ceiling, so that a flood of requests cannot grow the bill
/// without limit, and shrink by one a minute after five quiet minutes.
/// </summary>
internal static class Scaling
{
    private const int TargetPercent = 70;

    public static V2HorizontalPodAutoscaler Of(Chart chart, Workload workload) => new V2HorizontalPodAutoscaler
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
            Behavior = new()
            {
                ScaleUp = new() { StabilizationWindowSeconds = 30, SelectPolicy = "Max", Policies = [new() { Type = "Pods", Value = 2, PeriodSeconds = 60 }] },
                ScaleDown = new() { StabilizationWindowSeconds = 300, SelectPolicy = "Max", Policies = [new() { Type = "Pods", Value = 1, PeriodSeconds = 60 }] },
            },
        },
    }.Initialized();
}
