using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>Spread of a workload's pods over zones and nodes, so that the loss of one takes only a part of them.</summary>
internal static class Placement
{
    /// <summary>Spreads as well as the cluster can: a cluster of one zone still starts everything.</summary>
    public static V1TopologySpreadConstraint Spread(string topology, Workload workload) => new()
    {
        MaxSkew = 1,
        TopologyKey = topology,
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = Metadata.Select(workload.Name),
        MatchLabelKeys = workload.IsStateful ? null : ["pod-template-hash"],
    };

    /// <summary>Two copies on one node are lost together, so a store's pod rather waits for a node of its own.</summary>
    public static V1Affinity NeverOnOneNode(Workload workload) => new()
    {
        PodAntiAffinity = new()
        {
            RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = Metadata.Select(workload.Name) }],
        },
    };
}
