using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// At most one pod of a workload is away for maintenance at a time. Counted by what may be away, so that the drain of a node always goes
/// on, also with a single pod; pods that are not ready do not hold it up.
/// </summary>
internal static class Disruption
{
    public static V1PodDisruptionBudget Of(Chart chart, Workload workload) => new V1PodDisruptionBudget
    {
        Metadata = chart.Named(workload.ObjectName, workload.Name),
        Spec = new() { MaxUnavailable = 1, UnhealthyPodEvictionPolicy = "AlwaysAllow", Selector = Metadata.Select(workload.Name) },
    }.Initialized();
}
